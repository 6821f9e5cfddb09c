import { windDown } from '@/lib/leases/life/time-left';
import { kindOf, nodeOf } from '../../kinds';
import type { Ender } from '../ending';
import type { Resource, Standing } from '../ledger';

/** Deletions of one site that are under way at once, as far as one may count on it. */
const atOnce = 10;
/** Until it is noticed that it is time, and for the looks between the steps. */
const baseSeconds = 60;

/**
 * Seconds that it takes to take a deployment down in order, by what of it stands: the longest way through what waits for each other, and a
 * turn more for each ten of a kind. Pure.
 * @param bareMetal keys of the nodes on hardware of their own
 */
export function windDownSeconds(resources: readonly Resource[], bareMetal: ReadonlySet<string>): number {
  const standing = resources.filter(({ phase, attempts }) => phase !== 'gone' && (phase !== 'planned' || attempts > 0));
  const own = new Map(standing.map((resource) => [resource.key, leaveSeconds(resource, standing, bareMetal)]));
  const users = new Map<string, string[]>();
  for (const { key, depends_on } of standing) for (const used of depends_on) users.set(used, [...(users.get(used) ?? []), key]);
  const known = new Map<string, number>();
  // what is used goes after all that uses it; a plan has no circles
  const way = (key: string): number => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const seconds = (own.get(key) ?? 0) + Math.max(0, ...(users.get(key) ?? []).map(way));
    known.set(key, seconds);
    return seconds;
  };
  return baseSeconds + Math.max(0, ...standing.map(({ key }) => way(key)));
}

function leaveSeconds({ kind, spec }: Resource, standing: readonly Resource[], bareMetal: ReadonlySet<string>): number {
  const node = nodeOf(spec);
  const turns = Math.ceil(standing.filter((other) => other.kind === kind).length / atOnce);
  return turns * kindOf(kind).leaveSeconds(spec, { bareMetal: node !== undefined && bareMetal.has(node) });
}

/**
 * When a deployment on a lease is to be taken down, so that its site finds nothing to delete; undefined where it stands on none, or is to go
 * already. Pure. Nodes whose server waits for a lease without a flavor of its own are on hardware of their own.
 */
export function windDownAt({ deployment, resources }: Pick<Standing, 'deployment' | 'resources'>): Date | undefined {
  if (deployment.lease_ends_at === null || deployment.wanted === 'deleted') return undefined;
  const hosts = new Set(resources.flatMap(({ key, spec }) => (kindOf(spec.kind).givesHosts?.(spec) ? [key] : [])));
  const onHosts = resources.flatMap(({ spec }) => {
    const on = kindOf(spec.kind).standsOn?.(spec);
    const node = nodeOf(spec);
    return on && node !== undefined && (on.reservation !== undefined || hosts.has(on.lease ?? '')) ? [node] : [];
  });
  const end = deployment.lease_ends_at.getTime();
  return new Date(windDown({ start: 0, end }, windDownSeconds(resources, new Set(onHosts)) * 1000, 0).at);
}

/** What ends a deployment now though its owner did not ask: its lease, or its own end. Undefined: nothing does. Pure. */
export function enderOf(standing: Pick<Standing, 'deployment' | 'resources'>, now: Date): Ender | undefined {
  const { wanted, deleted_at, expires_at } = standing.deployment;
  if (wanted === 'deleted' || deleted_at !== null) return undefined;
  const at = windDownAt(standing);
  if (at !== undefined && at <= now) return 'lease';
  return expires_at !== null && expires_at <= now ? 'end' : undefined;
}

/** Host names of the nodes that stand, whose disks go with them. */
export function losing({ nodes }: Pick<Standing, 'nodes'>, resources: readonly Resource[]): string[] {
  const standing = new Set(resources.flatMap(({ spec, cloud_id, phase }) => (cloud_id !== null && phase !== 'gone' ? [nodeOf(spec)] : [])));
  return nodes.filter(({ key }) => standing.has(key)).map(({ hostname }) => hostname);
}
