import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { invalidInput } from '@/lib/core/problems';
import { type CredentialRecord, ownDevice, ownSignIn, type Revocation } from '@/lib/credentials';
import { handOverDeployments } from '@/lib/deploying/requests/hand-over';
import type { Visitor } from '@/lib/desk/types';
import { createApplicationCredential } from '@/lib/openstack';
import { identityEndpoint } from '@/lib/sites';
import { longestDays } from '@/lib/sites/longest-days';
import type { Site } from '@/lib/sites/types';
import type { KeepingPorts } from '../ports';
import type { Credential, MakeCredential } from '../types';
import { applicationCredential, type Given } from './given';
import { readCredential } from './list';
import { revocationErrand, revoke } from './revoke';
import { type Tried, tryCredential } from './try';

const DAY_MS = 86_400_000;
/** How soon a site is asked what came of a request that it did not answer. */
const LOOK_AFTER_SECONDS = 60;

/**
 * Makes an application credential at a site by the person's own sign-in there, tries it and stores it.
 * @throws AppError `invalid-input`; as `createApplicationCredential`, where the site refuses: nothing is stored then
 */
export async function makeCredential(services: KeepingPorts, person: Visitor, wanted: MakeCredential): Promise<Credential> {
  const { credentials, sites, desk, clock } = services;
  const site = await sites.find(person.id, wanted.site);
  if (!site) throw invalidInput([{ path: 'site', message: 'There is no such site.' }]);
  if (wanted.with !== ownSignIn(site.id) && wanted.with !== ownDevice(site.id)) {
    throw invalidInput([{ path: 'with', message: 'Only your own sign-in, or your connected account, can make one.' }]);
  }
  if (wanted.days > longestDays(site)) {
    throw invalidInput([{ path: 'days', message: `At ${site.name} it may live ${longestDays(site)} days at most.` }]);
  }
  const auth = await credentials.cloudAuthFor(person.id, wanted.with, site);
  const { project } = await tryCredential(services, site, auth, wanted.project);
  if (!project) throw invalidInput([{ path: 'project', message: 'You have several projects there: choose one.' }]);
  const expiresAt = new Date(clock.now().getTime() + wanted.days * DAY_MS);
  const { note, ...made } = await makeAtSite(services, person, site, {
    name: wanted.name,
    madeWith: wanted.with,
    project: project.id,
    expiresAt,
  });
  const about = { site: site.id, name: wanted.name, kind: 'applicationCredential' as const, project, madeWith: wanted.with };
  const keep = credentials.records.add(person.id, { ...about, ...made }, (trx) => credentials.revocations.within(trx).settled(note.id));
  const record = await orRevoke(services, note, keep);
  if (wanted.takeOver) await takeOver(services, person, record, wanted.with);
  desk.forget(person.id);
  return await readCredential(services, person, record.id);
}

export interface Made extends Omit<Given, 'project'>, Pick<Tried, 'checks'> {
  expiresAt: Date;
  /** by which it is revoked unless it is kept: settle it together with keeping it */
  note: Revocation;
}

/**
 * Makes one at the site and tries it; one that does not work is taken back. It is noted before it is made: what is left at the site by a
 * lost answer, or by the end of this process, is found there by its name and revoked.
 */
export async function makeAtSite(
  services: KeepingPorts,
  person: Visitor,
  site: Site,
  { name, madeWith, project, expiresAt }: { name: string; madeWith: string; project: string; expiresAt: Date },
): Promise<Made> {
  const { credentials, clock, store } = services;
  const end = new Date(Math.floor(expiresAt.getTime() / 1000) * 1000); // Keystone keeps whole seconds
  const auth = await credentials.cloudAuthFor(person.id, madeWith, site);
  const description = `Made by Transat (${services.config.url}) for its owner, who can revoke it there or here.`;
  // unique at the site, whatever the person calls theirs
  const wanted = { name: `transat-${newId('cred').slice(-12)}`, description, expiresAt: end };
  const { revocations } = credentials;
  const note = await revocations.making(person.id, { site: site.id, project, madeWith, name, atSite: wanted.name, expiresAt: end });
  const { id, secret } = await createApplicationCredential(identityEndpoint(site), auth, project, wanted, clock).catch(
    async (error: unknown) => {
      if (isCertain(error)) await revocations.settled(note.id);
      else await store.queue.errands.ask(revocationErrand(note.id), LOOK_AFTER_SECONDS);
      throw error;
    },
  );
  await revocations.made(note.id, id);
  const given = applicationCredential(id, secret);
  try {
    const { checks } = await tryCredential(services, site, given.login, project);
    return { ...given, shown: { ...given.shown, atSite: wanted.name }, checks, expiresAt: end, note: { ...note, cloud_id: id } };
  } catch (error) {
    await revoke(services, { ...note, cloud_id: id });
    throw error;
  }
}

/** What keeps one that was made; where it fails, that is revoked. */
export async function orRevoke<T>(services: KeepingPorts, note: Revocation, keeping: Promise<T>): Promise<T> {
  return await keeping.catch(async (error: unknown) => {
    await revoke(services, note);
    throw error;
  });
}

/** Whether nothing was made: the site refused it, or was never asked. */
function isCertain(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  const status = error.upstream?.status;
  return error.upstream === undefined || (status !== undefined && status >= 400 && status < 500 && status !== 408);
}

// The same person in the same project: what acts by the sign-in goes on with what was made of it, and grows by it later.
async function takeOver(
  { ports }: KeepingPorts,
  person: Visitor,
  { id: to, site, project_id: project }: CredentialRecord,
  from: string,
): Promise<void> {
  if (project !== null) await handOverDeployments(ports, person.id, { site, project, from, to });
}
