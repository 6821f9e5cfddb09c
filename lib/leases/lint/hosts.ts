import { assign } from '../calendar/assign';
import { hostsFor } from '../resources/demands';
import { isLeasable, matches, numberOf } from '../resources/match';
import type { Condition, Host, HostReservation, LeaseProblem, LeaseSite } from '../types';
import { counted, problem, someOf } from './problem';

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
  return [problem(field, `The number of ${what} must be a whole number, 1 or more.`, { remedy: 'Ask for 1 or more.' })];
}

function lintCounts({ min, max, hosts }: HostReservation, path: string): LeaseProblem[] {
  if (Object.is(min, max)) {
    const wrong = lintCount(min, `${path}.count`, 'hosts');
    if (wrong.length > 0 || hosts === undefined || min === hosts.length) return wrong;
    return [
      problem(`${path}.count`, `${counted(hosts.length, 'host is', 'hosts are')} named, and ${min} asked for.`, {
        remedy: 'Ask for as many as are named.',
      }),
    ];
  }
  const wrong = [...lintCount(min, `${path}.min`, 'hosts'), ...lintCount(max, `${path}.max`, 'hosts')];
  if (wrong.length > 0) return wrong;
  if (max < min)
    return [problem(`${path}.max`, `At most ${max} hosts are less than at least ${min}.`, { remedy: 'Ask for at most as many, or more.' })];
  return hosts === undefined
    ? []
    : [problem(`${path}.count`, 'Hosts that are named are leased all or not at all.', { remedy: 'Ask for as many as are named.' })];
}

function lintExact({ hosts = [] }: HostReservation, path: string, site: LeaseSite, known: readonly Host[]): LeaseProblem[] {
  return hosts.flatMap((uid, index) => {
    const field = `${path}.hosts.${index}`;
    const host = known.find((one) => one.uid === uid);
    if (!host) return [problem(field, `${site.name} has no host ${uid}.`, { remedy: 'Choose one of its hosts.' })];
    if (isLeasable(host, site.project?.id)) return [];
    const cause = host.reservable ? 'It is kept for other projects.' : 'It is out of service.';
    return [problem(field, `The host ${host.name} can’t be leased.`, { cause, remedy: 'Choose another host.' })];
  });
}

function lintTwice(all: readonly Placed[]): LeaseProblem[] {
  const seen = new Set<string>();
  return all.flatMap(({ reservation: { hosts = [] }, path }) =>
    hosts.flatMap((uid, index) => {
      const twice = seen.has(uid);
      seen.add(uid);
      return twice ? [problem(`${path}.hosts.${index}`, `The host ${uid} is named twice.`, { remedy: 'Name each host once.' })] : [];
    }),
  );
}

function lintKind({ nodeType, properties = [] }: HostReservation, path: string, site: LeaseSite, known: readonly Host[]): LeaseProblem[] {
  const problems = properties.flatMap((condition, index) =>
    lintCondition(condition, `${path}.properties.${index}`, known, `a host of ${site.name}`),
  );
  if (nodeType !== undefined && !known.some((host) => host.nodeType === nodeType)) {
    const types = someOf(known.map((host) => host.nodeType).filter((type) => type !== ''));
    problems.push(
      problem(`${path}.nodeType`, `${site.name} has no hosts of type ${nodeType}.`, {
        remedy: types ? `Its types are ${types}.` : 'Leave the type out.',
      }),
    );
  }
  return problems;
}

/** A condition on what is known to have certain properties. */
export function lintCondition({ name, op, value }: Condition, field: string, known: readonly Host[], what: string): LeaseProblem[] {
  if (!known.some(({ properties }) => Object.hasOwn(properties, name))) {
    return [
      problem(`${field}.name`, `There is no property ${name} of ${what}.`, { remedy: 'Choose one of the properties that are listed.' }),
    ];
  }
  if (op === '=' || op === '!=' || numberOf(value) !== undefined) return [];
  return [problem(`${field}.value`, `${name} ${op} needs a number.`, { remedy: 'Give a number, or compare by = or !=.' })];
}

/** Whether there are so many hosts at all, whoever has them now. */
function lintNumber(all: readonly Placed[], site: LeaseSite): LeaseProblem[] {
  const choices = all.map(({ reservation, path }) => ({ reservation, path, hosts: hostsFor(site, reservation) }));
  const short = choices.filter(({ reservation, hosts }) => hosts.length < reservation.min);
  if (short.length > 0) return short.map(({ reservation, path, hosts }) => tooFew(reservation, path, hosts.length, site));
  const wishes = choices.map(({ reservation: { min }, hosts }) => ({ min, max: min, from: hosts.map(({ id }) => id) }));
  if (assign(wishes, [...new Set(wishes.flatMap(({ from }) => from))])) return [];
  return [
    problem('reservations', `${site.name} has not so many hosts that all of the reservations could have their own.`, {
      remedy: 'Ask for fewer hosts, or for other kinds.',
    }),
  ];
}

function tooFew(reservation: HostReservation, path: string, there: number, site: LeaseSite): LeaseProblem {
  const { min, max, nodeType } = reservation;
  const field = `${path}.${min === max ? 'count' : 'min'}`;
  const kind = nodeType === undefined ? '' : ` of type ${nodeType}`;
  const out = (site.hosts ?? []).filter(
    (host) => matches(host, { nodeType, properties: reservation.properties }) && !isLeasable(host, site.project?.id),
  ).length;
  const cause = out > 0 ? `${counted(out, 'more is', 'more are')} out of service, or kept for other projects.` : undefined;
  if (there === 0)
    return problem(field, `No host${kind} at ${site.name} has what is asked for.`, {
      cause,
      remedy: 'Ask for other properties, or another type.',
    });
  return problem(field, `${site.name} has ${counted(there, 'host')}${kind} that will do, and ${min} are asked for.`, {
    cause,
    remedy: `Ask for ${there} or fewer, or for another kind.`,
  });
}
