import { invalidInput } from '@/lib/core/problems';
import { handOverDeployments } from '@/lib/deploying/requests/hand-over';
import { goOn } from '@/lib/deploying/requests/resume';
import type { Visitor } from '@/lib/desk/types';
import type { KeepingPorts } from '../ports';
import type { Credential } from '../types';
import { listCredentials } from './list';
import { tryCredential } from './try';

export interface CredentialHandOver {
  /** id of a credential, which may be gone */
  from: string;
  /** id of another one of theirs */
  to: string;
  /** id of the one deployment that it is about; left out: all that act by `from` */
  deployment?: string;
}

/** Where something acts by a credential. */
interface Holding {
  site: string;
  project: string;
}

/**
 * Has a person's living deployments act by another credential of the same project, and go on with what they stopped at for want of a good one.
 * The new one is tried in each of the projects before anything is changed.
 * @returns the ids of the deployments
 * @throws AppError `invalid-input` naming `from` or `to`; otherwise as `tryCredential`
 */
export async function handOver(services: KeepingPorts, person: Visitor, change: CredentialHandOver): Promise<string[]> {
  const { credentials, sites, ports } = services;
  const places = await placesOf(services, person, change);
  if (places.length === 0) throw invalidInput([{ path: 'from', message: 'Nothing that stands acts by this credential.' }]);
  const to = (await listCredentials(services, person)).find(({ id }) => id === change.to);
  const wrong = whyNot(to, change, places);
  if (!to || wrong !== null) throw invalidInput([{ path: 'to', message: wrong ?? noSuch }]);
  const site = await sites.find(person.id, to.site);
  if (!site) throw invalidInput([{ path: 'to', message: noSuch }]);
  const auth = await credentials.cloudAuthFor(person.id, to.id, site);
  for (const { project } of places) await tryCredential(services, site, auth, project);
  const ids = new Set<string>();
  for (const place of places) {
    for (const id of await handOverDeployments(ports, person.id, { ...place, from: change.from, to: to.id }, change.deployment))
      ids.add(id);
  }
  for (const id of ids) await goOn(ports, id);
  return [...ids];
}

const noSuch = 'You have no such credential.';

/**
 * Why a credential can't take over from another one in some places, as far as that is known without asking their site; null: it may. Pure.
 * @param to undefined: there is none
 */
export function whyNot(
  to: Pick<Credential, 'id' | 'site' | 'name' | 'project'> | undefined,
  { from }: Pick<CredentialHandOver, 'from'>,
  places: readonly Holding[],
): string | null {
  if (!to) return noSuch;
  if (to.id === from) return 'It is the one that they act by already.';
  if (places.some(({ site }) => site !== to.site)) return `“${to.name}” is for another site.`;
  const { project } = to;
  const elsewhere = project !== null && places.some((place) => place.project !== project.id);
  return elsewhere
    ? `“${to.name}” leads to the project ${project.name}, and what stands is in another one: only what leads there reaches it.`
    : null;
}

async function placesOf({ store }: KeepingPorts, person: Visitor, { from, deployment }: CredentialHandOver): Promise<Holding[]> {
  return await store.db
    .selectFrom('resources')
    .innerJoin('deployments', 'deployments.id', 'resources.deployment_id')
    .where('deployments.user_id', '=', person.id)
    .where('deployments.deleted_at', 'is', null)
    .where('resources.credential', '=', from)
    .$if(deployment !== undefined, (query) => query.where('deployments.id', '=', deployment ?? ''))
    .select(['resources.site', 'resources.project'])
    .distinct()
    .execute();
}
