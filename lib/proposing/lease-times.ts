import { timeLeft } from '@/lib/leases/life/time-left';
import { lintLength } from '@/lib/leases/lint/basics';
import type { LeaseWish, Plan, PlanProblem, PlanRequest } from '@/lib/planning/types';
import type { Site } from '@/lib/sites/types';

/** The field by which somebody says that a lease may be too short for what is deployed on it. */
export const acceptShortLease = 'acceptShortLease';

/** A start so little in the past is taken for now: the form was open for a while. */
const graceMs = 60_000;

/**
 * What stands against the times of a plan's leases, now: a start or end that has passed, a lease that is longer than its site gives one, and an end that
 * comes before the deployment would be ready. Pure.
 * @param sites by id
 */
export function leaseProblems(plan: Plan, request: PlanRequest, sites: Record<string, Site>, now: Date): PlanProblem[] {
  const wishes = Object.entries(request.placement).flatMap(([group, { newLease, site }]) =>
    newLease ? [...passed(newLease, group, now), ...tooLong(newLease, group, sites[site], now)] : [],
  );
  return wishes.length > 0 ? wishes : plan.leases.flatMap(({ end, lease }) => tooShort(plan, lease, end, now));
}

function passed({ start, end }: LeaseWish, group: string, now: Date): PlanProblem[] {
  const field = (name: string) => `placement.${group}.newLease.${name}`;
  const remedy = 'Choose a time that has not passed.';
  const wrong = (name: string, detail: string): PlanProblem => ({
    severity: 'error',
    code: 'invalid-input',
    title: detail,
    detail,
    remedy,
    field: field(name),
  });
  if (start !== 'now' && Date.parse(start) < now.getTime() - graceMs) return [wrong('start', 'The start of the lease has passed.')];
  return Date.parse(end) <= now.getTime() ? [wrong('end', 'The end of the lease has passed.')] : [];
}

function tooLong({ start, end }: LeaseWish, group: string, site: Site | undefined, now: Date): PlanProblem[] {
  const span = { start: start === 'now' ? now.getTime() : Date.parse(start), end: Date.parse(end) };
  if (!site || !(span.start < span.end)) return []; // what are no times, the planner says
  return lintLength(span, { name: site.name, rules: site.rules.leases ?? {} }).map(({ field, ...problem }) => ({
    ...problem,
    field: `placement.${group}.newLease.${field}`,
  }));
}

function tooShort({ resources, totals }: Plan, lease: string, end: string, now: Date): PlanProblem[] {
  const under = resources.find(({ key, spec }) => key === lease || (spec.kind === 'lease' && spec.held?.id === lease))?.spec;
  const start = under?.kind === 'lease' && under.start !== 'now' ? Date.parse(under.start) : now.getTime();
  const { enough, leftMs, needMs } = timeLeft({ start, end: Date.parse(end) }, totals.seconds * 1000, now.getTime());
  if (enough) return [];
  const detail = `The lease leaves ${minutes(leftMs)} min, and getting ready may take ${minutes(needMs)} min.`;
  return [
    {
      severity: 'warning',
      code: 'deadline-passed',
      title: 'The lease may end before the deployment is ready',
      detail,
      remedy: 'Take a longer lease, extend this one first, or say that it may be too short.',
      field: acceptShortLease,
    },
  ];
}

const minutes = (ms: number): number => Math.floor(ms / 60_000);
