import { fitOn } from '@/lib/sites';
import type { Flavor } from '@/lib/sites/types';
import type { Demand, Supply } from '../calendar/demand';
import { freeRuns } from '../calendar/free-runs';
import { MINUTE } from '../calendar/moments';
import { inOrderOfTaste } from '../calendar/rank';
import type {
  Availability,
  FlavorReservation,
  FloatingIpReservation,
  Host,
  HostReservation,
  InstanceReservation,
  Lease,
  LeaseSite,
  Moment,
  NetworkReservation,
  PlannedReservation,
  Span,
  Taken,
  TakenSpan,
} from '../types';
import { isLeasable, matches, wantsOf } from './match';

export interface View {
  /** what lies before is of no interest */
  from: Moment;
  /** a lease that is to be changed: what it has taken itself is free for it */
  except?: Pick<Lease, 'id' | 'hosts' | 'start' | 'end'>;
  /** how often a host failed before, by uid */
  failures?: ReadonlyMap<string, number>;
}

/**
 * What a reservation draws on, and when that is free.
 * @returns null where the site does not show it
 */
export function demandOf(site: LeaseSite, reservation: PlannedReservation, view: View): Demand | null {
  switch (reservation.kind) {
    case 'physical:host':
      return site.hosts && site.taken && hostDemand(site, hostsFor(site, reservation), reservation, view);
    case 'flavor:instance':
      return flavorDemand(site, reservation, view);
    case 'virtual:instance':
      return machineDemand(site, reservation, reservation.count, view);
    case 'virtual:floatingip':
      return addressDemand(site, reservation, view);
    default:
      return networkDemand(site, reservation, view);
  }
}

/** The hosts that a reservation may get, in the order in which they are taken; none where the site does not show its hosts. */
export function hostsFor(site: Pick<LeaseSite, 'hosts' | 'rules' | 'project'>, reservation: HostReservation): Host[] {
  const leasable = (site.hosts ?? []).filter((host) => isLeasable(host, site.project?.id));
  const found = leasable.filter((host) => matches(host, wantsOf(reservation, site.rules)));
  // the usual node type is only a preference
  return found.length > 0 ? found : leasable.filter((host) => matches(host, wantsOf(reservation, {})));
}

/** A demand for so many of these hosts. */
export function hostDemand(
  { taken, rules }: Pick<LeaseSite, 'taken' | 'rules'>,
  hosts: readonly Host[],
  { min, max }: { min: number; max: number },
  view: View,
): Demand {
  return { min, max, pick: true, from: supplyOf(inOrderOfTaste(hosts, view.failures), taken ?? new Map(), rules.gapMinutes, view) };
}

/** Hosts, or what is reserved like them, with the times in which they are free. */
function supplyOf(hosts: readonly Pick<Host, 'id'>[], taken: Taken, gapMinutes = 1, { from, except }: View): Supply[] {
  const within = { start: from, end: Number.POSITIVE_INFINITY };
  return hosts.map(({ id }) => {
    const all = taken.get(id) ?? [];
    const others = except ? all.filter((span) => !isOf(span, id, except)) : all;
    return { id, units: 1, runs: freeRuns(others, within, gapMinutes * MINUTE) };
  });
}

/** Whether a host is taken by this lease: by its id where the site tells it, else by its time. */
function isOf(span: TakenSpan, host: string, lease: NonNullable<View['except']>): boolean {
  if (span.lease !== undefined) return span.lease === lease.id;
  return span.start === lease.start && span.end === lease.end && (lease.hosts?.includes(host) ?? false);
}

/** The flavor of a reservation, by its id or name; undefined where the site has none, or several of that name. */
export function flavorOf({ flavors }: Pick<LeaseSite, 'flavors'>, { flavor }: Pick<FlavorReservation, 'flavor'>): Flavor | undefined {
  const leasable = flavors.filter(({ leased }) => !leased);
  const named = leasable.filter(({ name }) => name === flavor);
  return leasable.find(({ id }) => id === flavor) ?? (named.length === 1 ? named[0] : undefined);
}

function flavorDemand(site: LeaseSite, reservation: FlavorReservation, view: View): Demand | null {
  const flavor = flavorOf(site, reservation);
  if (!flavor) return null;
  const told = site.availability?.get(flavor.id);
  if (told) return { min: reservation.count, max: reservation.count, from: levels(flavor.id, told) };
  return machineDemand(site, flavor, reservation.count, view);
}

/** Machines of a size on hosts that several share: a host that is taken at all counts as full, since Blazar does not tell how much of it is. */
function machineDemand(site: LeaseSite, size: Flavor | InstanceReservation, count: number, view: View): Demand | null {
  if (!site.hosts || !site.taken) return null;
  const hosts = site.hosts.filter((host) => isLeasable(host, site.project?.id));
  const units = new Map(hosts.map((host) => [host.id, fitOn(host, size)]));
  const from = supplyOf(hosts, site.taken, site.rules.gapMinutes, view);
  // what machines of another size take of a host is not known either: each size is looked at alone
  const key = [size.vcpus, size.ramMiB, size.diskGiB].join('-');
  const supplies = from.map((one) => ({ ...one, id: `${key}/${one.id}`, units: units.get(one.id) ?? 0 }));
  return { min: count, max: count, atLeast: true, from: supplies };
}

/** A number that changes over time as resources that are free and taken: one for each step from one of its values to the next higher. */
function levels(id: string, told: readonly Availability[]): Supply[] {
  const values = [...new Set(told.map(({ available }) => available))].filter((value) => value > 0).sort((a, b) => a - b);
  const inOrder = told.toSorted((a, b) => a.start - b.start);
  return values.map((value, index) => ({
    id: `${id}/${value}`,
    units: value - (values[index - 1] ?? 0),
    runs: joined(inOrder.filter(({ available }) => available >= value)),
  }));
}

function joined(spans: readonly Span[]): Span[] {
  const runs: Span[] = [];
  for (const { start, end } of spans) {
    const last = runs.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else if (end > start) runs.push({ start, end });
  }
  return runs;
}

/** When floating IPs are taken no site tells; that there are so many at all is known. */
function addressDemand(site: LeaseSite, { network, count, addresses }: FloatingIpReservation, { from }: View): Demand | null {
  if (!site.addresses) return null;
  const ids = new Set(site.networks.filter(({ id, name }) => id === network || name === network).map(({ id }) => id));
  const fitting = site.addresses.filter((one) => ids.has(one.network));
  const first = fitting.toSorted(
    (a, b) => Number(addresses?.includes(b.address) ?? false) - Number(addresses?.includes(a.address) ?? false),
  );
  const runs = [{ start: from, end: Number.POSITIVE_INFINITY }];
  return { min: count, max: count, from: first.map(({ id }) => ({ id: `address/${id}`, units: 1, runs })) };
}

/** A network of a lease takes one VLAN; those that can be joined to another site's are given on request only. */
function networkDemand(site: LeaseSite, { physicalNetwork, properties = [] }: NetworkReservation, view: View): Demand | null {
  if (!site.segments || !site.takenSegments) return null;
  const asked = properties.some(({ name }) => name === 'stitch_provider');
  const fitting = site.segments.filter(
    (segment) =>
      matches(segment, { properties }) &&
      (physicalNetwork === undefined || segment.properties.physical_network === physicalNetwork) &&
      (asked || (segment.properties.stitch_provider ?? 'none') === 'none'),
  );
  const from = supplyOf(fitting, site.takenSegments, site.rules.gapMinutes, view);
  return { min: 1, max: 1, from: from.map((one) => ({ ...one, id: `segment/${one.id}` })) };
}
