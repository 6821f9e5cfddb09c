import type { Problem } from '@/lib/core/errors';
import { toIso } from '@/lib/leases/calendar/moments';
import { healthOf } from '@/lib/leases/life/health';
import { hardwareOf } from '@/lib/leases/resources/hardware';
import { type Limit as Bound, type Extension, extensionLimit } from '@/lib/leases/rules/extension';
import type { Host, Lease, Moment } from '@/lib/leases/types';
import type { CloudLease } from '@/lib/openstack/types';
import { allowedActions } from './allowed';
import type { Known } from './blazar';
import { leaseCost } from './cost';
import { isOver, type KeptLease, type Standing } from './rows';
import type { LeaseNode, LeaseStanding, LeaseSummary, Limit, ReservationSummary, WholeLease } from './types';

/** What a list shows of a lease. */
export function summaryOf(row: KeptLease, siteName: string, deployments: Standing[]): LeaseSummary {
  const { extend } = row;
  return {
    id: row.id,
    cloudId: row.lease_id,
    name: row.name,
    site: row.site,
    siteName,
    project: row.project,
    credential: row.credential,
    // written by `rows` alone, of what the client parsed
    status: row.status as LeaseStanding,
    start: row.starts_at.toISOString(),
    end: row.ends_at.toISOString(),
    reservations: (toldIn(row)?.reservations ?? []).map(reservationOf),
    degraded: row.degraded,
    takenOver: row.taken_over,
    extend: extend && { until: extend.until, nextAt: extend.nextAt ?? null, rule: extend.rule ?? null },
    work: row.work?.do ?? null,
    problem: row.problem,
    deployments,
    seenAt: row.seen_at?.toISOString() ?? null,
  };
}

/** The lease as its site told it last. */
export function toldIn({ told }: Pick<KeptLease, 'told'>): CloudLease | null {
  return told as CloudLease | null; // written by `rows` alone
}

function reservationOf(it: CloudLease['reservations'][number]): ReservationSummary {
  const type = it.where?.find(({ property, op }) => property === 'node_type' && op === '=')?.value;
  return {
    id: it.id,
    kind: it.kind,
    status: it.status,
    ...(it.min !== undefined && { min: it.min }),
    ...(it.max !== undefined && { max: it.max }),
    ...(it.amount !== undefined && { count: it.amount }),
    ...(type !== undefined && { nodeType: type }),
    ...(it.flavor?.id !== undefined && { flavor: it.flavor.id }),
    ...(it.networkName !== undefined && { name: it.networkName }),
    missing: it.missingResources,
    changed: it.resourcesChanged,
  };
}

interface About {
  now: Moment;
  deployments: Standing[];
  /** how many servers stand on each reservation */
  used: ReadonlyMap<string, number>;
  /** floating IPs that each reservation gave, where it has begun */
  addresses?: ReadonlyMap<string, string[]>;
}

/** All that is known of a lease, by one who has just asked its site. */
export function wholeOf(row: KeptLease, lease: Lease, known: Known, { now, deployments, used, addresses }: About): WholeLease {
  const { site } = known;
  const cost = leaseCost(lease, site);
  const perHour = cost?.perHour;
  const extension = extensionLimit(lease, site, { now, perHour });
  const summary = summaryOf(row, site.name, deployments);
  return {
    ...summary,
    reservations: summary.reservations.map((one) => {
      const given = addresses?.get(one.id);
      return { ...one, nodes: nodesOf(one.id, lease, known), used: used.get(one.id) ?? 0, ...(given && { addresses: given }) };
    }),
    cost,
    ...extensionOf(extension),
    events: toldIn(row)?.events ?? [],
    health: healthOf(lease, site, now),
    actions: allowedActions(row, { lease, site, perHour }, now),
    unheard: null,
  };
}

/** The same of one whose site could not be asked, or that is not there (any more). Of one that may well go on, how far it can be extended is not known. */
export function keptOf(row: KeptLease, siteName: string, unheard: Problem | null, { now, deployments, used }: About): WholeLease {
  const summary = summaryOf(row, siteName, deployments);
  const limit: Limit = { at: summary.end, rule: isOver(row) ? 'status' : 'unknown' };
  return {
    ...summary,
    reservations: summary.reservations.map((one) => ({ ...one, nodes: null, used: used.get(one.id) ?? 0 })),
    cost: null,
    extendableUntil: limit,
    extendableLater: limit,
    extensionOpensAt: null,
    extensionCertain: false,
    events: toldIn(row)?.events ?? [],
    health: [],
    actions: allowedActions(row, null, now),
    unheard,
  };
}

function extensionOf({ now, later, opensAt, certain }: Extension) {
  return {
    extendableUntil: limitOf(now),
    extendableLater: limitOf(later),
    extensionOpensAt: opensAt === null ? null : toIso(opensAt),
    extensionCertain: certain,
  };
}

function limitOf(limit: Bound | null): Limit | null {
  if (!limit) return null;
  const { at, rule, host, vlan, taken } = limit;
  return {
    at: toIso(at),
    rule,
    ...(host !== undefined && { host }),
    ...(vlan !== undefined && { vlan }),
    ...(taken && { taken: { start: toIso(taken.start), end: toIso(taken.end) } }),
  };
}

function nodesOf(reservation: string, lease: Lease, { allocations, site }: Known): LeaseNode[] | null {
  if (!site.hosts) return null;
  const told = allocations
    ?.filter(({ taken }) => taken.some(({ reservationId }) => reservationId === reservation))
    .map(({ hostId }) => hostId);
  const ofHosts = lease.reservations.filter(({ kind }) => kind === 'physical:host');
  const ids = told ?? (ofHosts.length === 1 && ofHosts[0]?.id === reservation ? lease.hosts : undefined);
  return ids ? site.hosts.filter(({ id }) => ids.includes(id)).map(nodeOf) : null;
}

export function nodeOf(host: Host): LeaseNode {
  const { uid, name, nodeType, reservable } = host;
  return { uid, name, nodeType, rack: hardwareOf(host).rack ?? null, reservable };
}
