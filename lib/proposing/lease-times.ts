import type { LeaseWish, Plan, PlanProblem, PlanRequest } from '@/lib/planning/types';

/** A start so little in the past is taken for now: the form was open for a while. */
const graceMs = 60_000;

/**
 * What stands against the times of a plan's leases, now: a start or end that has passed, and an end that comes before the deployment would be
 * ready. Pure.
 */
export function leaseProblems(plan: Plan, request: PlanRequest, now: Date): PlanProblem[] {
  const wishes = Object.entries(request.placement).flatMap(([group, { newLease }]) => (newLease ? passed(newLease, group, now) : []));
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

function tooShort({ resources, totals }: Plan, lease: string, end: string, now: Date): PlanProblem[] {
  const made = resources.find(({ key }) => key === lease)?.spec;
  const begins = made?.kind === 'lease' && made.start !== 'now' ? Math.max(Date.parse(made.start), now.getTime()) : now.getTime();
  const left = (Date.parse(end) - begins) / 1000;
  if (left >= totals.seconds) return [];
  const detail = `The lease leaves ${minutes(left)} min, and getting ready takes about ${minutes(totals.seconds)} min.`;
  return [
    {
      severity: 'warning',
      code: 'deadline-passed',
      title: 'The lease may end before the deployment is ready',
      detail,
      remedy: 'Take a longer lease, or extend this one first.',
    },
  ];
}

const minutes = (seconds: number): number => Math.max(0, Math.floor(seconds / 60));
