import { ceilMinute, utcWords } from '../calendar/moments';
import { timeLeft } from '../life/time-left';
import { hostsFor } from '../resources/demands';
import { architectureName, hardwareOf } from '../resources/hardware';
import { fitsPattern } from '../resources/names';
import { wallTime } from '../time/zones';
import type { HostReservation, Lease, LeaseProblem, LeaseSite, PlannedLease, Span } from '../types';
import { lengthWords } from './basics';
import { counted, warning } from './problem';
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
  const detail = `The lease lasts ${lengthWords(leftMs)}, and what is to run on it may take ${lengthWords(needMs)} until it is ready.`;
  return [warning('end', detail, `End it at ${utcWords(ceilMinute(start + needMs))} or later.`)];
}

const NIGHT = { from: 22, to: 7 };

function oddEnd({ end }: Span, { zone }: Intent): LeaseProblem[] {
  const local = zone === undefined ? undefined : wallTime(end, zone);
  if (!local) return [];
  const weekend = local.weekday === 6 || local.weekday === 7;
  const night = local.hour >= NIGHT.from || local.hour < NIGHT.to;
  if (!weekend && !night) return [];
  const when = weekend ? 'at a weekend' : 'at night';
  return [
    warning(
      'end',
      `The lease ends ${when}, at ${local.text} where you are, and all that is on it goes.`,
      'End it when somebody is there, or have it wound down before.',
    ),
  ];
}

function outages(span: Span, { downtimes = [], name }: LeaseSite): LeaseProblem[] {
  return downtimes
    .filter(({ start, end }) => start < span.end && span.start < end)
    .map(({ start, end, title }) => {
      const field = start <= span.start ? 'start' : 'end';
      return warning(
        field,
        `${name} has announced an outage from ${utcWords(start)} to ${utcWords(end)}: ${title}`,
        'Choose a time without it.',
      );
    });
}

function addressesBeside({ reservations }: PlannedLease): LeaseProblem[] {
  const index = reservations.findIndex(({ kind }) => kind === 'virtual:floatingip');
  if (index < 0 || !reservations.some(({ kind }) => kind !== 'virtual:floatingip')) return [];
  return [
    warning(
      `reservations.${index}`,
      'A lease can be extended only if all that it holds is free, and floating IPs often are not.',
      'Lease floating IPs apart, or allocate them without a lease.',
    ),
  ];
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
    const which = other.length === hosts.length ? 'These hosts have' : 'Some of these hosts have';
    const theirs = [...new Set(other.map((host) => hardwareOf(host).architecture))].join(', ');
    problems.push(
      warning(
        path,
        `The image ${image.name} is for ${architecture}. ${which} another architecture: ${theirs}.`,
        'Choose another image, or other hosts.',
      ),
    );
  }
  return problems;
}

function scarce({ max }: HostReservation, path: string, type: string, { hosts, rules, name }: LeaseSite): LeaseProblem[] {
  const rule = rules.scarce;
  if (!rule?.nodeTypes.some((pattern) => fitsPattern(pattern, type))) return [];
  const all = (hosts ?? []).filter(({ nodeType }) => nodeType === type).length;
  if (max <= rule.hosts || (100 * max) / all <= rule.percent) return [];
  return [
    warning(
      `${path}.count`,
      `Hosts of type ${type} are scarce: ${name} objects to leases of more than ${rule.percent} % of them, and this one takes ${max} of ${all}.`,
      'Ask for fewer.',
    ),
  ];
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
      `With ${counted(others.length, 'other lease')} the project would hold hosts of type ${type} for ${Math.round(share)} % of ${rule.days} days. ${name} objects to ${rule.percent} % and more, and ends such leases when it is repeated.`,
      'Leave some days between, or take another type.',
    ),
  ];
}

/** Node types that a lease holds: of its hosts where they are known, else as it was asked for. */
function typesOf({ hosts, reservations }: Lease, typeOf: (id: string) => string | undefined): (string | undefined)[] {
  if (hosts && hosts.length > 0) return hosts.map(typeOf);
  const asked = reservations.flatMap(({ where = [] }) => where.filter(({ name, op }) => name === 'node_type' && op === '='));
  return asked.map(({ value }) => value);
}
