import { DAY, floorMinute, HOUR, MINUTE } from '../calendar/moments';
import { openings } from '../calendar/openings';
import { findWindows, unitsIn } from '../calendar/windows';
import { spanOf } from '../lint/basics';
import { lintLease } from '../lint/lint';
import { demandsOf, pickHosts } from '../lint/shortage';
import { hostsFor } from '../resources/demands';
import type { HostReservation, LeaseSite, Moment, PlannedLease, PlannedReservation, Span } from '../types';
import { similarTypes } from './similar';

/** Another lease that could be had instead. */
export interface Alternative extends Span {
  /** what is other than was asked for */
  why: 'new-lease' | 'later' | 'other-hosts' | 'other-site' | 'other-type' | 'shorter' | 'fewer';
  site: string;
  /** of its hosts, or machines */
  count: number;
  nodeType?: string;
  /** ready to be asked for */
  plan: PlannedLease;
}

const MOST = 3;
const HORIZON_MS = 90 * DAY;
/** Shorter is of no use. */
const SHORTEST_MS = HOUR;

/**
 * What could be had instead of a lease that can't: three at most, the nearest to what was asked for first. Each was looked at as if it were asked for:
 * nothing is wrong with it, and all of it is free.
 * @param others further sites where the person may lease
 * @param itself the lease was not asked for yet as it is, so it is looked at first; by this name
 */
export function alternativesTo(
  plan: PlannedLease,
  site: LeaseSite,
  { now, others = [], itself }: { now: Moment; others?: readonly LeaseSite[]; itself?: Alternative['why'] },
): Alternative[] {
  const asked = { plan, site, now, span: spanOf(plan, now) };
  const candidates = [
    ...(itself ? [candidate(itself, asked, plan)] : []),
    otherHosts(asked),
    later(asked),
    ...otherSites(asked, others),
    ...otherTypes(asked),
    shorter(asked),
    fewer(asked),
  ];
  const found: Alternative[] = [];
  for (const candidate of candidates) {
    if (found.length >= MOST) break;
    const one = candidate && { ...candidate, ...spanOf(candidate.plan, now) };
    if (one && isBookable(one, [site, ...others], now)) found.push(one);
  }
  return found;
}

interface Asked {
  plan: PlannedLease;
  site: LeaseSite;
  now: Moment;
  span: Span;
}
type Candidate = Omit<Alternative, 'start' | 'end'> | null;

function isBookable({ site, plan }: Candidate & object, sites: readonly LeaseSite[], now: Moment): boolean {
  const where = sites.find(({ id }) => id === site);
  // what the site hides may be taken: that is no alternative
  if (!where) return false;
  const demands = demandsOf(plan.reservations, where, { from: now });
  const shown = demands.length === plan.reservations.length && pickHosts(demands, spanOf(plan, now), where) !== null;
  return shown && lintLease(plan, where, { now }).every(({ severity }) => severity === 'warning');
}

function candidate(why: Alternative['why'], { site }: Pick<Asked, 'site'>, plan: PlannedLease): Candidate {
  const first = plan.reservations.find(({ kind }) => kind !== 'network');
  const count = !first ? 0 : first.kind === 'physical:host' ? first.min : 'count' in first ? first.count : 1;
  const nodeType = first?.kind === 'physical:host' ? (first.nodeType ?? typeOf(first, site)) : undefined;
  return { why, site: site.id, count, ...(nodeType !== undefined && { nodeType }), plan };
}

/** The one node type of the hosts that a reservation may get; undefined where they are of several. */
function typeOf(reservation: HostReservation, site: LeaseSite): string | undefined {
  const types = new Set(hostsFor(site, reservation).map(({ nodeType }) => nodeType));
  const [type] = types;
  return types.size === 1 && type !== '' ? type : undefined;
}

const isExact = (reservation: PlannedReservation): reservation is HostReservation =>
  reservation.kind === 'physical:host' && reservation.hosts !== undefined;

/** Other hosts of the same type, where certain ones were named. */
function otherHosts({ plan, site }: Asked): Candidate {
  if (!plan.reservations.some(isExact)) return null;
  const reservations = plan.reservations.map((reservation) => {
    if (!isExact(reservation)) return reservation;
    const { hosts: _named, ...rest } = reservation;
    const nodeType = reservation.nodeType ?? typeOf(reservation, site);
    return nodeType === undefined ? rest : { ...rest, nodeType };
  });
  return candidate('other-hosts', { site }, { ...plan, reservations });
}

/** The next time at which all of it is free for so long. */
function later({ plan, site, now, span }: Asked): Candidate {
  const demands = demandsOf(plan.reservations, site, { from: now }).map(({ demand }) => demand);
  const duration = span.end - span.start;
  const search = { duration, from: span.start, to: span.start + HORIZON_MS + duration, now, limit: 1 };
  const [window] = duration > 0 ? findWindows(demands, search) : [];
  return window && window.start > span.start ? candidate('later', { site }, { ...plan, start: window.start, end: window.end }) : null;
}

/** The same elsewhere; hosts that were named are only here. */
function otherSites({ plan }: Asked, others: readonly LeaseSite[]): Candidate[] {
  if (plan.reservations.some((one) => isExact(one) || one.kind === 'virtual:floatingip' || one.kind === 'network')) return [];
  return others.map((site) => candidate('other-site', { site }, plan));
}

/** Hosts of a type that is like the one asked for. */
function otherTypes({ plan, site }: Asked): Candidate[] {
  const [only, ...more] = plan.reservations.filter(({ kind }) => kind === 'physical:host');
  if (only?.kind !== 'physical:host' || more.length > 0) return [];
  const { hosts: _named, ...rest } = only;
  return similarTypes(only, site).map((nodeType) => {
    const reservation = { ...rest, nodeType, properties: (only.properties ?? []).filter(({ name }) => name !== 'node_type') };
    return candidate('other-type', { site }, { ...plan, reservations: plan.reservations.map((one) => (one === only ? reservation : one)) });
  });
}

/** As long as all of it is free from the start that was asked for. */
function shorter({ plan, site, now, span }: Asked): Candidate {
  const demands = demandsOf(plan.reservations, site, { from: span.start }).map(({ demand }) => demand);
  const [opening] = openings(demands, { duration: SHORTEST_MS, from: span.start, to: span.start + SHORTEST_MS });
  if (opening?.start !== span.start || span.start < floorMinute(now) - MINUTE) return null;
  const end = floorMinute(opening.freeUntil);
  return end < span.end ? candidate('shorter', { site }, { ...plan, end }) : null;
}

/** As many as are free for all of the time. */
function fewer({ plan, site, span }: Asked): Candidate {
  const demands = demandsOf(plan.reservations, site, { from: span.start });
  const reservations = plan.reservations.map((reservation, index): PlannedReservation => {
    const demand = demands.find(({ path }) => path === `reservations.${index}`)?.demand;
    const free = demand ? unitsIn(demand, span) : 0;
    if (!demand || free >= demand.min || free === 0 || reservation.kind === 'network') return reservation;
    if (reservation.kind !== 'physical:host') return { ...reservation, count: free };
    return reservation.hosts ? reservation : { ...reservation, min: free, max: free };
  });
  return reservations.every((one, index) => one === plan.reservations[index])
    ? null
    : candidate('fewer', { site }, { ...plan, reservations });
}
