import { tidyText } from '@/lib/core/text';
import { ceilMinute, floorMinute, MINUTE } from '../calendar/moments';
import { longestMs } from '../rules/extension';
import type { Lease, LeaseProblem, LeaseSite, Moment, Span } from '../types';
import { say } from '../words/say';
import { problem } from './problem';

/** As Blazar counts them; one more is answered with an internal error. */
const LONGEST_NAME = 80;
/** Blazar's dates have four digits for a year. */
const LAST_DATE = Date.UTC(9999, 11, 31);

/**
 * The name of a lease.
 * @param leases the project's own; Blazar takes two of one name, but programs find leases by their names
 */
export function lintName(name: string, leases: readonly Lease[]): LeaseProblem[] {
  const remedy = say('nameIt', { most: LONGEST_NAME });
  const length = [...name].length;
  if (name.trim() === '') return [problem('name', say('noName'), { remedy })];
  if (length > LONGEST_NAME) return [problem('name', say('longName', { length, most: LONGEST_NAME }), { remedy })];
  if (tidyText(name) !== name || /[\t\n]/.test(name)) return [problem('name', say('oddName'), { remedy: say('typeAnew') })];
  if (leases.some((lease) => lease.name === name && lease.status !== 'TERMINATED')) return [nameTaken(name)];
  return [];
}

/** Another lease of the project has this name. */
export function nameTaken(name: string): LeaseProblem {
  return problem('name', say('nameTaken', { name }), { code: 'conflict', remedy: say('otherName') });
}

/** The time that Blazar makes of a planned one: whole minutes, never more than was asked for. */
export function spanOf({ start, end }: { start: 'now' | Moment; end: Moment }, now: Moment): Span {
  return { start: start === 'now' ? floorMinute(now) : ceilMinute(start), end: floorMinute(end) };
}

/** Start and end of a planned lease. */
export function lintTimes(times: { start: 'now' | Moment; end: Moment }, now: Moment): LeaseProblem[] {
  const problems = [...(times.start === 'now' ? [] : readable('start', times.start)), ...readable('end', times.end)];
  if (problems.length > 0) return problems;
  const { start, end } = spanOf(times, now);
  const cause = say('nowIs', { now: { at: now } });
  if (start < floorMinute(now))
    problems.push(problem('start', say('startPast', { start: { at: start } }), { cause, remedy: say('startNow') }));
  if (end <= now) problems.push(problem('end', say('endPast', { end: { at: end } }), { cause, remedy: say('laterEnd') }));
  else if (end <= start)
    problems.push(
      problem('end', say('endFirst', { end: { at: end }, start: { at: start } }), {
        remedy: say('endFrom', { least: { at: start + MINUTE } }),
      }),
    );
  return problems;
}

function readable(field: string, moment: Moment): LeaseProblem[] {
  if (Number.isFinite(moment) && Math.abs(moment) <= LAST_DATE) return [];
  return [problem(field, say('noTime'), { remedy: say('chooseTime') })];
}

/**
 * How long a lease may last by the rules of the site and the project.
 * @param span in whole minutes
 * @param flavors names of the flavors that it leases
 */
export function lintLength(
  { start, end }: Span,
  { name, rules, project }: Pick<LeaseSite, 'name' | 'rules' | 'project'>,
  flavors: readonly string[] = [],
): LeaseProblem[] {
  const most = longestMs(rules, flavors);
  const problems: LeaseProblem[] = [];
  if (most !== undefined && end - start > most)
    problems.push(
      problem('end', say('tooLong', { site: name, most: { ms: most }, length: { ms: end - start } }), {
        code: 'upstream-refused',
        remedy: say('endBy', { end: { at: start + most } }),
      }),
    );
  if (project?.end !== undefined && end > project.end)
    problems.push(
      problem('end', say('allocationEndsBefore', { site: name, end: { at: project.end } }), {
        code: 'upstream-refused',
        remedy: say('endBefore'),
      }),
    );
  return problems;
}
