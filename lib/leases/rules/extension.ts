import type { LeaseRules } from '@/lib/sites/types';
import { DAY, floorMinute, HOUR, MINUTE } from '../calendar/moments';
import { fitsPattern } from '../resources/names';
import type { Host, Lease, LeaseSite, Moment, Span, Taken } from '../types';

/** What keeps a lease from being extended further. */
export type LimitRule =
  /** one of its hosts is reserved by others */
  | 'next-reservation'
  /** the site's longest lease */
  | 'max-length'
  | 'project-end'
  /** what the project has left to spend */
  | 'balance'
  /** a running lease can be extended in its last hours only, and these have not begun */
  | 'extension-window'
  /** Blazar does not change such leases */
  | 'kind'
  /** the lease is over, or not in order */
  | 'status';

export interface Limit {
  rule: LimitRule;
  /** until when the lease can last */
  at: Moment;
  /** the host, or the VLAN of a network, that is reserved next, and when */
  host?: string;
  vlan?: string;
  taken?: Span;
}

export interface Extension {
  /** until when it can be extended now, and by which rule no further; null: nothing stands against any time */
  now: Limit | null;
  /** the same once its window is open; as `now` where it is, or there is none */
  later: Limit | null;
  /** when its window opens; null where it is open, or there is none */
  opensAt: Moment | null;
  /** whether the reservations of others are known: where not, Blazar may refuse what is said here */
  certain: boolean;
}

/** What a lease draws on, beside what the site knows of it. */
interface About {
  now: Moment;
  /** what the lease costs an hour; left out: not known */
  perHour?: number;
}

const changeable = new Set(['PENDING', 'ACTIVE']);

/**
 * How far a lease can be extended, and which rule binds. A running lease keeps its very hosts and VLANs, so each of them must be free. One that has not
 * begun may get others; what is said of it holds for those that it has. Of machines on hosts that several share, and of floating IPs, no site tells.
 */
export function extensionLimit(lease: Lease, site: LeaseSite, { now, perHour }: About): Extension {
  const running = lease.status === 'ACTIVE';
  const certain = lease.reservations.every(({ kind }) =>
    kind === 'physical:host' ? lease.hosts !== undefined && site.taken !== null : kind === 'network' && Boolean(site.takenSegments),
  );
  const shut = (rule: LimitRule): Extension => ({
    now: { rule, at: lease.end },
    later: { rule, at: lease.end },
    opensAt: null,
    certain: true,
  });
  if (!changeable.has(lease.status) || lease.end <= now) return shut('status');
  if (!site.rules.changeableFlavors && lease.reservations.some(({ kind }) => kind === 'flavor:instance')) return shut('kind');
  const limits = [
    nextReservation(lease, site),
    longest(lease, site, running),
    ...(site.project?.end === undefined ? [] : [{ rule: 'project-end' as const, at: site.project.end }]),
    affordable(lease, site, perHour),
  ].filter((limit) => limit !== null);
  // of several at one time the first is told
  const later = limits.toSorted((a, b) => a.at - b.at)[0] ?? null;
  const floored = later && { ...later, at: Math.max(lease.end, floorMinute(later.at)) };
  const opensAt = running ? windowOf(lease, site.rules) : null;
  if (opensAt === null || opensAt <= now) return { now: floored, later: floored, opensAt: null, certain };
  return { now: { rule: 'extension-window', at: lease.end }, later: floored, opensAt, certain };
}

/** When a running lease can be extended from; null: at any time. */
export function windowOf({ end }: Span, { extensionWindowHours }: LeaseRules): Moment | null {
  return extensionWindowHours === undefined ? null : end - extensionWindowHours * HOUR;
}

/** The longest that a lease of these flavors may last, in milliseconds; undefined: any length. */
export function longestMs({ maxDays, flavorMaxDays = [] }: LeaseRules, flavors: readonly string[] = []): number | undefined {
  const bounds = flavors.flatMap((name) => flavorMaxDays.find(({ flavor }) => fitsPattern(flavor, name))?.days ?? []);
  const days = Math.min(...bounds, maxDays ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(days) ? days * DAY : undefined;
}

/** Until when the hosts and VLANs of a lease stay free after it, and which of them is taken first; null where none is. */
export function nextReservation(lease: Pick<Lease, 'id' | 'hosts' | 'end' | 'reservations'>, site: LeaseSite): Limit | null {
  const { hosts, taken, segments, takenSegments, rules } = site;
  const gap = (rules.gapMinutes ?? 1) * MINUTE;
  const holds = (kind: string) => lease.reservations.some((one) => one.kind === kind);
  const vlans = [...(takenSegments ?? [])].filter(([, spans]) => spans.some((span) => span.lease === lease.id)).map(([id]) => id);
  const [next] = [
    ...(holds('physical:host') ? after(lease.end, lease.hosts ?? [], taken).map((one) => ({ ...one, host: nameOf(one.id, hosts) })) : []),
    ...(holds('network') ? after(lease.end, vlans, takenSegments).map((one) => ({ ...one, vlan: nameOf(one.id, segments) })) : []),
  ].toSorted((a, b) => a.start - b.start);
  if (!next) return null;
  const { id: _id, start, end, ...what } = next;
  return { rule: 'next-reservation', at: start - gap, ...what, taken: { start, end } };
}

/** When each of these is taken after a lease. What begins before its end is the lease itself. */
function after(end: Moment, ids: readonly string[], taken: Taken | null | undefined): (Span & { id: string })[] {
  return ids.flatMap((id) =>
    (taken?.get(id) ?? []).filter(({ start }) => start >= end).map((span) => ({ id, start: span.start, end: span.end })),
  );
}

function longest(lease: Lease, site: LeaseSite, running: boolean): Limit | null {
  const flavors = lease.reservations.flatMap(({ flavor }) => site.flavors.find(({ id }) => id === flavor)?.name ?? []);
  const most = longestMs(site.rules, flavors);
  if (most === undefined) return null;
  return { rule: 'max-length', at: (running && site.rules.extensionFrom === 'end' ? lease.end : lease.start) + most };
}

// what the lease costs until its end is spent already
function affordable(lease: Lease, { project }: LeaseSite, perHour: number | undefined): Limit | null {
  if (project?.balance === undefined || perHour === undefined || perHour <= 0) return null;
  return { rule: 'balance', at: lease.end + (Math.max(0, project.balance) / perHour) * HOUR };
}

const nameOf = (id: string, hosts: readonly Host[] | null | undefined): string => hosts?.find((host) => host.id === id)?.name ?? id;
