import { tidyText } from '@/lib/core/text';
import { ceilMinute, DAY, floorMinute, HOUR, MINUTE, utcWords } from '../calendar/moments';
import { longestMs } from '../rules/extension';
import type { Lease, LeaseProblem, LeaseSite, Moment, Span } from '../types';
import { counted, problem } from './problem';

/** As Blazar counts them; one more is answered with an internal error. */
const LONGEST_NAME = 80;
/** Blazar's dates have four digits for a year. */
const LAST_DATE = Date.UTC(9999, 11, 31);

/**
 * The name of a lease.
 * @param leases the project's own; Blazar takes two of one name, but programs find leases by their names
 */
export function lintName(name: string, leases: readonly Lease[]): LeaseProblem[] {
  const remedy = `Give it a name of 1 to ${LONGEST_NAME} signs.`;
  const length = [...name].length;
  if (name.trim() === '') return [problem('name', 'The lease has no name.', { remedy })];
  if (length > LONGEST_NAME) return [problem('name', `The name has ${length} signs; a lease’s may have ${LONGEST_NAME}.`, { remedy })];
  if (tidyText(name) !== name || /[\t\n]/.test(name))
    return [problem('name', 'The name has signs that can’t be seen.', { remedy: 'Type it anew.' })];
  if (leases.some((lease) => lease.name === name && lease.status !== 'TERMINATED')) return [nameTaken(name)];
  return [];
}

/** Another lease of the project has this name. */
export function nameTaken(name: string): LeaseProblem {
  return problem('name', `The project has a lease ${name} already.`, { code: 'conflict', remedy: 'Give it another name.' });
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
  const future = `It is ${utcWords(now)} now.`;
  if (start < floorMinute(now))
    problems.push(
      problem('start', `The start, ${utcWords(start)}, is in the past.`, { cause: future, remedy: 'Start now, or choose a later time.' }),
    );
  if (end <= now)
    problems.push(problem('end', `The end, ${utcWords(end)}, is in the past.`, { cause: future, remedy: 'Choose a later end.' }));
  else if (end <= start)
    problems.push(
      problem('end', `The end, ${utcWords(end)}, does not come after the start, ${utcWords(start)}.`, {
        remedy: `Choose an end at ${utcWords(start + MINUTE)} or later.`,
      }),
    );
  return problems;
}

function readable(field: string, moment: Moment): LeaseProblem[] {
  if (Number.isFinite(moment) && Math.abs(moment) <= LAST_DATE) return [];
  return [problem(field, 'This is no time that a site can take.', { remedy: 'Choose a date and a time.' })];
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
      problem('end', `A lease at ${name} may last ${lengthWords(most)}, and this one would last ${lengthWords(end - start)}.`, {
        code: 'upstream-refused',
        remedy: `End it at ${utcWords(start + most)} or before. It may be extended later.`,
      }),
    );
  if (project?.end !== undefined && end > project.end)
    problems.push(
      problem('end', `The project’s allocation at ${name} ends at ${utcWords(project.end)}, before the lease would.`, {
        code: 'upstream-refused',
        remedy: 'End the lease before, or have the allocation extended.',
      }),
    );
  return problems;
}

/** `7 days`, `7 days 2 hours`, `45 minutes`. */
export function lengthWords(ms: number): string {
  const [days, rest] = [Math.floor(ms / DAY), ms % DAY];
  const [hours, minutes] = [Math.floor(rest / HOUR), Math.floor((rest % HOUR) / MINUTE)];
  const parts = [
    ...(days > 0 ? [counted(days, 'day')] : []),
    ...(hours > 0 ? [counted(hours, 'hour')] : []),
    ...(minutes > 0 || ms < MINUTE ? [counted(minutes, 'minute')] : []),
  ];
  return parts.slice(0, 2).join(' ');
}
