import { assign } from '../calendar/assign';
import { hostsFor } from '../resources/demands';
import { isLeasable, matches, numberOf } from '../resources/match';
import type { Condition, Host, HostReservation, LeaseProblem, LeaseSite } from '../types';
import { type Said, say } from '../words/say';
import { problem } from './problem';

interface Placed {
  reservation: HostReservation;
  /** `reservations.0` */
  path: string;
}

/** What can be known of reservations of hosts before one looks at the time. */
export function lintHosts(all: readonly Placed[], site: LeaseSite): LeaseProblem[] {
  const each = all.flatMap(({ reservation, path }) => [
    ...lintCounts(reservation, path),
    ...(site.hosts ? [...lintExact(reservation, path, site, site.hosts), ...lintKind(reservation, path, site, site.hosts)] : []),
  ]);
  const twice = lintTwice(all);
  const found = [...each, ...twice];
  return found.length > 0 || !site.hosts ? found : lintNumber(all, site);
}

/** The number of something: whole, and one at least. */
export function lintCount(count: number, field: string, what: string): LeaseProblem[] {
  if (Number.isSafeInteger(count) && count >= 1) return [];
  return [problem(field, say('badNumber', { what: { words: [what] } }), { remedy: say('oneOrMore') })];
}

function lintCounts({ min, max, hosts }: HostReservation, path: string): LeaseProblem[] {
  if (Object.is(min, max)) {
    const wrong = lintCount(min, `${path}.count`, 'hosts');
    if (wrong.length > 0 || hosts === undefined || min === hosts.length) return wrong;
    return [problem(`${path}.count`, say('named', { count: hosts.length, asked: min }), { remedy: say('asNamed') })];
  }
  const wrong = [...lintCount(min, `${path}.min`, 'hosts'), ...lintCount(max, `${path}.max`, 'hosts')];
  if (wrong.length > 0) return wrong;
  if (max < min) return [problem(`${path}.max`, say('mostBelowLeast', { max, min }), { remedy: say('mostAboveLeast') })];
  return hosts === undefined ? [] : [problem(`${path}.count`, say('allOrNone'), { remedy: say('asNamed') })];
}

function lintExact({ hosts = [] }: HostReservation, path: string, site: LeaseSite, known: readonly Host[]): LeaseProblem[] {
  return hosts.flatMap((uid, index) => {
    const field = `${path}.hosts.${index}`;
    const host = known.find((one) => one.uid === uid);
    if (!host) return [problem(field, say('noHost', { site: site.name, host: uid }), { remedy: say('chooseHost') })];
    if (isLeasable(host, site.project?.id)) return [];
    const cause = say(host.reservable ? 'keptForOthers' : 'outOfService');
    return [problem(field, say('hostShut', { host: host.name }), { cause, remedy: say('otherHost') })];
  });
}

function lintTwice(all: readonly Placed[]): LeaseProblem[] {
  const seen = new Set<string>();
  return all.flatMap(({ reservation: { hosts = [] }, path }) =>
    hosts.flatMap((uid, index) => {
      const twice = seen.has(uid);
      seen.add(uid);
      return twice ? [problem(`${path}.hosts.${index}`, say('hostTwice', { host: uid }), { remedy: say('hostsOnce') })] : [];
    }),
  );
}

function lintKind({ nodeType, properties = [] }: HostReservation, path: string, site: LeaseSite, known: readonly Host[]): LeaseProblem[] {
  const problems = properties.flatMap((condition, index) =>
    lintCondition(condition, `${path}.properties.${index}`, known, (name) => say('noHostProperty', { name, site: site.name })),
  );
  if (nodeType !== undefined && !known.some((host) => host.nodeType === nodeType)) {
    const types = known.map((host) => host.nodeType).filter((type) => type !== '');
    problems.push(
      problem(`${path}.nodeType`, say('noType', { site: site.name, type: nodeType }), {
        remedy: types.length > 0 ? say('typesAre', { types: { names: types } }) : say('noTypeNeeded'),
      }),
    );
  }
  return problems;
}

/** A condition on what is known to have certain properties. */
export function lintCondition(
  { name, op, value }: Condition,
  field: string,
  known: readonly Host[],
  none: (name: string) => Said,
): LeaseProblem[] {
  if (!known.some(({ properties }) => Object.hasOwn(properties, name))) {
    return [problem(`${field}.name`, none(name), { remedy: say('listedProperty') })];
  }
  if (op === '=' || op === '!=' || numberOf(value) !== undefined) return [];
  return [problem(`${field}.value`, say('needsNumber', { name, op }), { remedy: say('giveNumber') })];
}

/** Whether there are so many hosts at all, whoever has them now. */
function lintNumber(all: readonly Placed[], site: LeaseSite): LeaseProblem[] {
  const choices = all.map(({ reservation, path }) => ({ reservation, path, hosts: hostsFor(site, reservation) }));
  const short = choices.filter(({ reservation, hosts }) => hosts.length < reservation.min);
  if (short.length > 0) return short.map(({ reservation, path, hosts }) => tooFew(reservation, path, hosts.length, site));
  const wishes = choices.map(({ reservation: { min }, hosts }) => ({ min, max: min, from: hosts.map(({ id }) => id) }));
  if (assign(wishes, [...new Set(wishes.flatMap(({ from }) => from))])) return [];
  return [problem('reservations', say('notSoMany', { site: site.name }), { remedy: say('fewerOrOthers') })];
}

function tooFew(reservation: HostReservation, path: string, there: number, site: LeaseSite): LeaseProblem {
  const { min, max, nodeType } = reservation;
  const field = `${path}.${min === max ? 'count' : 'min'}`;
  const out = (site.hosts ?? []).filter(
    (host) => matches(host, { nodeType, properties: reservation.properties }) && !isLeasable(host, site.project?.id),
  ).length;
  const cause = out > 0 ? say('moreOut', { count: out }) : undefined;
  const values = { site: site.name, count: there, asked: min };
  if (there === 0)
    return problem(
      field,
      nodeType === undefined ? say('noneFits', { site: site.name }) : say('noneFitsType', { site: site.name, type: nodeType }),
      {
        cause,
        remedy: say('otherProperties'),
      },
    );
  return problem(field, nodeType === undefined ? say('fewFit', values) : say('fewFitType', { ...values, type: nodeType }), {
    cause,
    remedy: say('atMostOrOther', { most: there }),
  });
}
