import { AppError, type Problem } from '@/lib/core/errors';
import type { Cloud } from '@/lib/openstack/types';
import { kindOf } from './index';
import type { KindName } from './types';

/** A thing in a project, whoever made it. */
export interface Sighting {
  kind: KindName;
  id: string;
  name: string;
  /** the deployment that its site has noted beside it */
  deployment?: string;
}

interface Named {
  id: string;
  name: string;
  deployment?: string;
}

// A rule goes with its group.
const lists: [KindName, (cloud: Cloud) => Promise<Named[]>][] = [
  ['server', async ({ compute }) => (await compute.servers({})).map((it) => ({ ...it, deployment: it.metadata['transat:deployment'] }))],
  ['keyPair', async ({ compute }) => (await compute.keyPairs()).map(({ name }) => ({ id: name, name }))],
  ['network', ({ network }) => network.networks()],
  ['subnet', ({ network }) => network.subnets()],
  ['router', ({ network }) => network.routers()],
  ['securityGroup', ({ network }) => network.securityGroups()],
  ['port', ({ network }) => network.ports()],
  ['floatingIp', async ({ network }) => (await network.floatingIps()).map((it) => ({ ...it, name: it.description }))],
  ['volume', async ({ blockStorage }) => (await blockStorage?.volumes()) ?? []],
  ['lease', async ({ reservation }) => (await reservation?.leases())?.items ?? []],
];

/**
 * All that stands in a project, by one list call a kind.
 * @returns `unread`: the kinds whose list was not to be had, of which nothing may be concluded
 */
export async function survey(cloud: Cloud): Promise<{ seen: Sighting[]; unread: Map<string, Problem> }> {
  const unread = new Map<string, Problem>();
  const all = await Promise.all(
    lists.map(async ([kind, list]) => {
      try {
        return (await list(cloud)).map(({ id, name, deployment }): Sighting => ({ kind, id, name, ...(deployment && { deployment }) }));
      } catch (error) {
        unread.set(kind, AppError.from(error).toProblem());
        return [];
      }
    }),
  );
  return { seen: all.flat(), unread };
}

/** What is deleted before what: a kind goes when all of those before it have gone. */
export const goesInTurn: readonly (readonly KindName[])[] = [
  ['server', 'floatingIp'],
  ['port', 'volume', 'keyPair', 'lease'],
  ['router'],
  ['subnet'],
  ['network', 'securityGroup'],
];

/** Asks a site to delete one thing, as it is now; one that is on its way out is left to it. What is gone already is a success. */
export async function removeSighted(cloud: Cloud, { kind, id, name }: Pick<Sighting, 'kind' | 'id' | 'name'>): Promise<void> {
  const found = (await kindOf(kind).list(cloud, name)).find((one) => one.id === id);
  if (found && found.state !== 'leaving') await kindOf(kind).remove(cloud, found);
}

/** Its site was asked to delete it, and still has it. */
export function notGone({ kind, name, site, cloud_id }: { kind: string; name: string; site: string; cloud_id: string }): Problem {
  const words = `${labelOf(kind)} ${name}`;
  return {
    code: 'deadline-passed',
    title: `The ${words} could not be deleted`,
    detail: `${site} still lists the ${words} (${cloud_id}).`,
    cause: 'The site did not carry out the deletion, or something outside of Transat uses it.',
    remedy: 'Try it again. If it stays, delete it in the site’s own dashboard or ask the site’s support, naming this id.',
  };
}

const labelOf = (kind: string): string => {
  const [known] = lists.find(([one]) => one === kind) ?? [];
  return known ? kindOf(known).label : kind;
};
