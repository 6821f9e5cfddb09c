import { AppError, type Problem } from '@/lib/core/errors';
import { invalidInput } from '@/lib/core/problems';
import { toIso } from '@/lib/leases/calendar/moments';
import type { Alternative } from '@/lib/leases/explain/alternatives';
import type { LeaseProblem, Moment, PlannedReservation } from '@/lib/leases/types';

/** Another lease that could be had, in the form in which it is asked for. */
export interface Offered {
  why: Alternative['why'];
  site: string;
  start: string;
  end: string;
  count: number;
  nodeType?: string;
  request: {
    site: string;
    project?: string;
    credential?: string;
    name: string;
    start: string;
    end: string;
    reservations: PlannedReservation[];
  };
}

/** @param ways the project and credential by which each site is entered */
export function offeredOf(
  { plan, start, end, why, site, count, nodeType }: Alternative,
  ways: ReadonlyMap<string, { project: string; credential: string }>,
): Offered {
  const iso = (moment: 'now' | Moment) => (moment === 'now' ? 'now' : toIso(moment));
  return {
    why,
    site,
    start: toIso(start),
    end: toIso(end),
    count,
    ...(nodeType !== undefined && { nodeType }),
    request: {
      site,
      ...ways.get(site),
      name: plan.name,
      start: iso(plan.start),
      end: toIso(plan.end),
      reservations: [...plan.reservations],
    },
  };
}

/**
 * The one error for all that is wrong with what was asked for: its fields are named, and what could be had instead.
 * @param told the problem as it is to be told; left out: the first of them
 */
export function refusedFor(errors: readonly LeaseProblem[], alternatives: readonly Offered[], told?: Problem): AppError {
  const [first] = errors;
  const problem = told ?? first;
  if (!problem || !first) return invalidInput([{ path: '', message: 'This can’t be leased.' }]);
  // what nobody can have now is told as such only where nothing else is wrong
  const fields = errors
    .filter(({ field }) => field !== '')
    .map(({ field, detail, remarks }) => ({
      path: field,
      message: detail,
      ...(remarks?.detail && { remark: remarks.detail }),
    }));
  return new AppError({
    code: problem.code,
    title: problem.title,
    detail: problem.detail,
    cause: problem.cause,
    remedy: problem.remedy,
    upstream: problem.upstream,
    remarks: problem.remarks,
    fields: fields.length > 0 ? fields : problem.fields,
    ...(alternatives.length > 0 && { alternatives: alternatives.map((one) => ({ ...one })) }),
  });
}
