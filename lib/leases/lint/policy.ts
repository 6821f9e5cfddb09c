import { ceilMinute } from '../calendar/moments';
import { timeLeft } from '../life/time-left';
import { hostsFor } from '../resources/demands';
import { architectureName, hardwareOf } from '../resources/hardware';
import { fitsPattern } from '../resources/names';
import { wallTime } from '../time/zones';
import type { HostReservation, Lease, LeaseProblem, LeaseSite, PlannedLease, Span } from '../types';
import { say } from '../words/say';
import { warning } from './problem';
import { fullestShare } from './stacking';

export interface Intent {
  /** the person's time zone, IANA */
  zone?: string;
  /** how long what is to run takes until it is ready, in milliseconds */
  estimateMs?: number;
  /** what is to boot */
  image?: { name: string; architecture?: string };
}

/** What the site takes, but is objected to later, or not what somebody wants. */
export function lintPolicy(plan: PlannedLease, span: Span, site: LeaseSite, intent: Intent): LeaseProblem[] {
  return [
    ...tooShort(span, intent),
    ...oddEnd(span, intent),
    ...outages(span, site),
    ...addressesBeside(plan),
    ...plan.reservations.flatMap((reservation, index) =>
      reservation.kind === 'physical:host' ? ofHosts(reservation, `reservations.${index}`, span, site, intent) : [],
    ),
  ];
}

function tooShort({ start, end }: Span, { estimateMs }: Intent): LeaseProblem[] {
  if (estimateMs === undefined) return [];
  const { enough, leftMs, needMs } = timeLeft({ start, end }, estimateMs, start);
  if (enough) return [];
  const detail = say('tooShort', { length: { ms: leftMs }, need: { ms: needMs } });
  return [warning('end', detail, say('endLater', { end: { at: ceilMinute(start + needMs) } }))];
}

const NIGHT = { from: 22, to: 7 };

function oddEnd({ end }: Span, { zone }: Intent): LeaseProblem[] {
  const local = zone === undefined ? undefined : wallTime(end, zone);
  if (!local) return [];
  const weekend = local.weekday === 6 || local.weekday === 7;
  const night = local.hour >= NIGHT.from || local.hour < NIGHT.to;
  if (!weekend && !night) return [];
  return [warning('end', say(weekend ? 'endsAtWeekend' : 'endsAtNight', { local: local.text }), say('endWhenThere'))];
}

function outages(span: Span, { downtimes = [], name }: LeaseSite): LeaseProblem[] {
  return downtimes
    .filter(({ start, end }) => start < span.end && span.start < end)
    .map(({ start, end, title }) => {
      const field = start <= span.start ? 'start' : 'end';
      return warning(field, say('outage', { site: name, start: { at: start }, end: { at: end }, title }), say('withoutOutage'));
    });
}

function addressesBeside({ reservations }: PlannedLease): LeaseProblem[] {
  const index = reservations.findIndex(({ kind }) => kind === 'virtual:floatingip');
  if (index < 0 || !reservations.some(({ kind }) => kind !== 'virtual:floatingip')) return [];
  return [warning(`reservations.${index}`, say('addressesBeside'), say('addressesApart'))];
}

function ofHosts(reservation: HostReservation, path: string, span: Span, site: LeaseSite, { image }: Intent): LeaseProblem[] {
  const hosts = hostsFor(site, reservation);
  const types = [...new Set(hosts.map(({ nodeType }) => nodeType))];
  const [type] = types;
  const known = types.length === 1 && type !== undefined && type !== '' ? type : undefined;
  const problems = known === undefined ? [] : [...scarce(reservation, path, known, site), ...stacked(path, known, span, site)];
  const { architecture } = image ?? {};
  const other =
    architecture === undefined
      ? []
      : hosts.filter((host) => (hardwareOf(host).architecture ?? architectureName(architecture)) !== architectureName(architecture));
  if (image && other.length > 0) {
    const theirs = [...new Set(other.map((host) => hardwareOf(host).architecture))].join(', ');
    const which = other.length === hosts.length ? 'allOtherArchitecture' : 'someOtherArchitecture';
    problems.push(warning(path, say(which, { image: image.name, architecture: architecture ?? '', theirs }), say('otherImage')));
  }
  return problems;
}

function scarce({ max }: HostReservation, path: string, type: string, { hosts, rules, name }: LeaseSite): LeaseProblem[] {
  const rule = rules.scarce;
  if (!rule?.nodeTypes.some((pattern) => fitsPattern(pattern, type))) return [];
  const all = (hosts ?? []).filter(({ nodeType }) => nodeType === type).length;
  if (max <= rule.hosts || (100 * max) / all <= rule.percent) return [];
  return [warning(`${path}.count`, say('scarce', { type, site: name, percent: rule.percent, max, all }), say('fewer'))];
}

function stacked(path: string, type: string, span: Span, { leases, rules, hosts, name }: LeaseSite): LeaseProblem[] {
  const rule = rules.stacking;
  if (!rule) return [];
  const typeOf = (id: string) => hosts?.find((host) => host.id === id)?.nodeType;
  const others = leases.filter((lease) => typesOf(lease, typeOf).includes(type));
  if (others.length === 0) return [];
  const share = fullestShare([...others, span], rule.days, span);
  if (share < rule.percent) return [];
  return [
    warning(
      path,
      say('stacked', { count: others.length, type, share: Math.round(share), days: rule.days, site: name, percent: rule.percent }),
      say('daysBetween'),
    ),
  ];
}

/** Node types that a lease holds: of its hosts where they are known, else as it was asked for. */
function typesOf({ hosts, reservations }: Lease, typeOf: (id: string) => string | undefined): (string | undefined)[] {
  if (hosts && hosts.length > 0) return hosts.map(typeOf);
  const asked = reservations.flatMap(({ where = [] }) => where.filter(({ name, op }) => name === 'node_type' && op === '='));
  return asked.map(({ value }) => value);
}
