import { type Cache, cacheOf } from '@/lib/core/cache';
import type { Clock } from '@/lib/core/clock';
import type { Visitor } from '@/lib/desk/types';
import { leaseSiteOf } from '@/lib/leases/blazar/translate';
import { toIso } from '@/lib/leases/calendar/moments';
import { type Alternative, alternativesTo } from '@/lib/leases/explain/alternatives';
import { spanOf } from '@/lib/leases/lint/basics';
import { demandsOf, lintShortage } from '@/lib/leases/lint/shortage';
import type { LeaseSite, Moment, PlannedLease, PlannedReservation } from '@/lib/leases/types';
import { type Said, say } from '@/lib/leases/words/say';
import { placeKey } from '@/lib/planning/draft';
import type { Plan, PlannedResource, PlanProblem } from '@/lib/planning/types';
import { withDeadline } from '@/lib/sites';
import type { Site, SiteFacts } from '@/lib/sites/types';
import type { ProposingPorts } from './types';

/** Of the calendar of a site, so old will do: a plan is drawn anew whenever something is typed. */
const AGE_MS = 30_000;
const MOST_KEPT = 200;
/** A plan does not wait longer for it. */
const READ_MS = 5000;

type LeaseSpec = PlannedResource['spec'] & { kind: 'lease' };
type Made = PlannedResource & { spec: LeaseSpec };

/**
 * What stands against the leases that a plan makes, by the calendars of their sites: that what they need is not free then, with what could be had instead.
 * Of a site that does not tell, or not in time, nothing is said: it says so itself when it is asked for the lease.
 * @param sites by id
 * @param facts by place
 */
export async function leaseShortages(
  services: ProposingPorts,
  person: Visitor,
  { resources }: Pick<Plan, 'resources'>,
  sites: Record<string, Site>,
  facts: Record<string, SiteFacts>,
): Promise<PlanProblem[]> {
  const made = resources.filter((one): one is Made => one.spec.kind === 'lease' && !one.spec.held);
  const now = services.clock.now().getTime();
  const told = [...Map.groupBy(made, ({ site, project }) => placeKey(site, project))].map(async ([place, leases]) => {
    const [first] = leases;
    const site = first && sites[first.site];
    const known = facts[place];
    if (!first || !site || !known) return [];
    const calendar = await calendarOf(services, person, first, site, known).catch(() => null);
    return calendar ? shortagesIn(leases, calendar, now) : [];
  });
  return (await Promise.all(told)).flat();
}

/** The same for the leases that a plan makes at one site. Those of one time draw on the same hosts, so they are met together. Pure. */
export function shortagesIn(leases: readonly Made[], site: LeaseSite, now: Moment): PlanProblem[] {
  const together = Map.groupBy(leases, ({ spec: { start, end } }) => `${start} ${end}`);
  return [...together.values()].flatMap((some) => {
    const [first] = some;
    if (!first) return [];
    const { start, end } = first.spec;
    const times = { start: start === 'now' ? ('now' as const) : Math.max(Date.parse(start), now), end: Date.parse(end) };
    const span = spanOf(times, now);
    if (!(span.start < span.end)) return []; // what are no times is said elsewhere
    const plan: PlannedLease = { name: 'planned', ...times, reservations: some.map(({ spec }) => reservationOf(spec)) };
    const short = lintShortage(demandsOf(plan.reservations, site, { from: span.start }), span, site);
    if (short.length === 0) return [];
    const instead = alternativesTo(plan, site, { now });
    const [nearest] = instead;
    return short.map(({ field, remarks, ...problem }) => {
      const group = some[Number(field.split('.')[1] ?? 0)]?.group ?? first.group;
      const told = { ...problem, ...(remarks && { remarks }), field: `placement.${group}.newLease.start` };
      if (!nearest) return told;
      const { text, remark } = inWords(nearest);
      return { ...told, remedy: text, ...(remarks && { remarks: { ...remarks, remedy: remark } }), alternatives: instead.map(shown) };
    });
  });
}

function reservationOf({ hosts, nodeType, flavorId }: LeaseSpec): PlannedReservation {
  if (flavorId !== undefined) return { kind: 'flavor:instance', flavor: flavorId, count: hosts };
  return { kind: 'physical:host', min: hosts, max: hosts, ...(nodeType !== undefined && { nodeType }) };
}

const shown = ({ why, site, start, end, count, nodeType }: Alternative) => ({
  why,
  site,
  start: toIso(start),
  end: toIso(end),
  count,
  ...(nodeType !== undefined && { nodeType }),
});

function inWords({ start, end, count, nodeType }: Alternative): Said {
  const values = { number: count, start: { at: start }, end: { at: end } };
  return nodeType === undefined ? say('toBeHad', values) : say('toBeHadOfType', { ...values, type: nodeType });
}

/** What was read a moment ago, by clock, so that tests with clocks of their own do not meet. */
const kept = new WeakMap<Clock, Cache<Promise<LeaseSite>>>();

async function calendarOf(
  { clock, desk }: ProposingPorts,
  person: Visitor,
  { project, credential }: Made,
  site: Site,
  { flavors, networks }: SiteFacts,
): Promise<LeaseSite | null> {
  const cache = kept.get(clock) ?? cacheOf<Promise<LeaseSite>>(MOST_KEPT, { clock, lastsMs: AGE_MS });
  kept.set(clock, cache);
  const key = `${person.id} ${site.id} ${project} ${credential}`;
  const before = cache.get(key);
  if (before) return await before;
  const reading = withDeadline(
    async (options) => {
      const { reservation } = await desk.enter(person, { site, project: { id: project, name: project }, credential }, READ_MS);
      if (!reservation) throw new Error(`${site.name} has no leases`);
      const [hosts, allocations, leases] = await Promise.all([
        reservation.hosts(options),
        reservation.allocations(options),
        reservation.leases(options),
      ]);
      const told = { hosts: hosts.items, allocations: allocations?.items ?? null, leases: leases.items };
      return leaseSiteOf(site, { id: project }, told, { flavors, networks });
    },
    READ_MS,
    `${site.name} did not tell its calendar in time`,
  );
  cache.set(key, reading);
  reading.catch(() => cache.peek(key) === reading && cache.delete(key));
  return await reading;
}
