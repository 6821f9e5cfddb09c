import type { Flavor } from '@/lib/sites/types';
import { findWindows, type Search, type Window } from '../calendar/windows';
import { demandOf, hostDemand } from '../resources/demands';
import { type HostWants, isLeasable, matches } from '../resources/match';
import { type Cost, costOf, hostPrice, reservationPrice } from '../rules/cost';
import { longestMs } from '../rules/extension';
import type { Host, LeaseSite, Moment, PlannedReservation, Span } from '../types';
import { counted, lengthWords } from '../words/english';

/** What somebody looks for, wherever it is. */
export interface Wish {
  what: { hosts: HostWants /** hosts of several types together will do */; mixed?: boolean } | { machines: MachineWants };
  count: number;
  /** in milliseconds */
  duration: number;
  /** the lease lies within these */
  from: Moment;
  to: Moment;
}

/** A flavor by its name or id, or by what it has at least. */
export interface MachineWants {
  flavor?: string;
  vcpus?: number;
  ramMiB?: number;
  diskGiB?: number;
  gpus?: number;
}

/** A time at a site for which what was looked for can be had. */
export interface Offer extends Span {
  site: string;
  count: number;
  /** what the lease is to reserve: ready to be asked for */
  reservation: PlannedReservation;
  /** '' for hosts of several types, or of none */
  nodeType?: string;
  flavor?: string;
  /** uids of the hosts that stay free longest; none where the site picks */
  hosts: string[];
  /** how many are free in this time */
  free: number;
  latestStart: Moment;
  /** until when it stays free after its end; null: nothing is reserved after it */
  freeUntil: Moment | null;
  /** how long that is after its end, in milliseconds; null: without an end */
  slack: number | null;
  /** null: not known */
  cost: Cost | null;
}

/** Why a site offers nothing. */
export interface Nothing {
  site: string;
  reason: 'not-leased' | 'too-long' | 'hidden' | 'none-matches' | 'too-few' | 'all-taken';
  detail: string;
}

interface Options {
  now: Moment;
  /** how many offers in all; left out: 20 */
  limit?: number;
  /** how many of one kind at one site; left out: 3 */
  limitEach?: number;
  /** how often a host failed before, by uid */
  failures?: ReadonlyMap<string, number>;
}

/**
 * Looks at many sites for a time at which something can be had: the earliest first; of several at one time what can be extended longest, then
 * the cheapest.
 * @returns the offers, and of each site without one, why
 */
export function findOffers(sites: readonly LeaseSite[], wish: Wish, options: Options): { offers: Offer[]; nothing: Nothing[] } {
  const found = sites.map((site) => offersAt(site, wish, options));
  const offers = found.flatMap((one) => ('offers' in one ? one.offers : []));
  return {
    offers: offers.toSorted(bestFirst).slice(0, options.limit ?? 20),
    nothing: found.flatMap((one) => ('nothing' in one ? [one.nothing] : [])),
  };
}

const forEver = Number.POSITIVE_INFINITY;

function bestFirst(a: Offer, b: Offer): number {
  const longer = (b.slack ?? forEver) === (a.slack ?? forEver) ? 0 : (b.slack ?? forEver) > (a.slack ?? forEver) ? 1 : -1;
  const price = ({ cost }: Offer) => cost?.total ?? Number.MAX_VALUE;
  const name = ({ site, nodeType = '', flavor = '' }: Offer) => `${site} ${nodeType}${flavor}`;
  return a.start - b.start || longer || price(a) - price(b) || name(a).localeCompare(name(b), 'en');
}

type AtSite = { offers: Offer[] } | { nothing: Nothing };

function offersAt(site: LeaseSite, wish: Wish, options: Options): AtSite {
  const nothing = (reason: Nothing['reason'], detail: string): AtSite => ({ nothing: { site: site.id, reason, detail } });
  const kind = 'hosts' in wish.what ? 'physical:host' : 'flavor:instance';
  if (!site.kinds.includes(kind))
    return nothing('not-leased', `${site.name} does not lease ${kind === 'physical:host' ? 'hosts' : 'machines of a flavor'}.`);
  const candidates =
    'hosts' in wish.what ? hostKinds(site, wish.what, wish.count, options) : machineKinds(site, wish.what.machines, wish.count, options);
  if (!candidates)
    return nothing(
      'hidden',
      kind === 'physical:host'
        ? `${site.name} shows only to its operators when its hosts are taken.`
        : `${site.name} shows only to its operators when it is taken.`,
    );
  const there = candidates.filter(({ total }) => total > 0);
  if (there.length === 0) return nothing('none-matches', `${site.name} has none of what is asked for.`);
  const enough = there.filter(({ total }) => total >= wish.count);
  const most = Math.max(...there.map(({ total }) => total));
  if (enough.length === 0)
    return nothing('too-few', `${site.name} has ${counted(most, 'of these', 'of these')} at most, and ${wish.count} are asked for.`);
  const short = enough.filter(({ longest }) => longest === undefined || wish.duration <= longest);
  const longest = Math.max(...enough.map((one) => one.longest ?? 0));
  if (short.length === 0)
    return nothing(
      'too-long',
      `A lease at ${site.name} may last ${lengthWords(longest)}, and ${lengthWords(wish.duration)} are asked for.`,
    );
  const to = Math.min(wish.to, site.project?.end ?? forEver);
  const search: Search = { duration: wish.duration, from: wish.from, to, now: options.now, limit: options.limitEach ?? 3 };
  const offers = short.flatMap((candidate) => {
    const windows = findWindows([candidate.demand], search);
    return windows.length > 0 ? offersOf(site, candidate, windows, wish.count) : [];
  });
  return offers.length > 0
    ? { offers }
    : nothing('all-taken', `At ${site.name} there are not ${wish.count} free at once for so long, in the time that is asked for.`);
}

interface Candidate {
  demand: NonNullable<ReturnType<typeof demandOf>>;
  /** how many there are, taken or not */
  total: number;
  longest: number | undefined;
  nodeType?: string;
  flavor?: Flavor;
  reservation: (hosts: readonly Host[]) => PlannedReservation;
  hosts: readonly Host[];
}

/** A lease is of one node type, where hosts of several would do: each is a candidate. */
function hostKinds(
  site: LeaseSite,
  { hosts: wants, mixed = false }: { hosts: HostWants; mixed?: boolean },
  count: number,
  { now, failures }: Options,
): Candidate[] | null {
  if (!site.hosts || !site.taken) return null;
  const fitting = site.hosts.filter((host) => isLeasable(host, site.project?.id) && matches(host, wants));
  const types = [...new Set(fitting.map(({ nodeType }) => nodeType))].sort();
  const groups = mixed
    ? [{ nodeType: types.length === 1 ? (types[0] ?? '') : '', hosts: fitting }]
    : types.map((nodeType) => ({ nodeType, hosts: fitting.filter((host) => host.nodeType === nodeType) }));
  return groups.map(({ nodeType, hosts }) => ({
    demand: hostDemand(site, hosts, { min: count, max: count }, { from: now, failures }),
    total: hosts.length,
    longest: longestMs(site.rules),
    nodeType,
    hosts,
    reservation: (picked) => ({
      kind: 'physical:host',
      min: count,
      max: count,
      ...(nodeType !== '' && { nodeType }),
      hosts: picked.map(({ uid }) => uid),
    }),
  }));
}

const MOST_FLAVORS = 3;

/** The smallest flavors that will do. */
function machineKinds(site: LeaseSite, wants: MachineWants, count: number, { now }: Options): Candidate[] | null {
  const fitting = site.flavors
    .filter(({ bareMetal, leased }) => !bareMetal && !leased)
    .filter(({ id, name, vcpus, ramMiB, diskGiB, gpus = 0 }) => {
      const named = wants.flavor === undefined || id === wants.flavor || name === wants.flavor;
      return (
        named &&
        vcpus >= (wants.vcpus ?? 0) &&
        ramMiB >= (wants.ramMiB ?? 0) &&
        diskGiB >= (wants.diskGiB ?? 0) &&
        gpus >= (wants.gpus ?? 0)
      );
    })
    .toSorted((a, b) => (a.gpus ?? 0) - (b.gpus ?? 0) || a.vcpus - b.vcpus || a.ramMiB - b.ramMiB || a.name.localeCompare(b.name, 'en'))
    .slice(0, MOST_FLAVORS);
  const known = fitting.flatMap((flavor): Candidate[] => {
    const reservation = { kind: 'flavor:instance', flavor: flavor.id, count } as const;
    const demand = demandOf(site, reservation, { from: now });
    if (!demand) return [];
    const total = demand.from.reduce((sum, { units }) => sum + units, 0);
    return [{ demand, total, longest: longestMs(site.rules, [flavor.name]), flavor, hosts: [], reservation: () => reservation }];
  });
  return fitting.length > 0 && known.length === 0 ? null : known;
}

function offersOf(site: LeaseSite, candidate: Candidate, windows: readonly Window[], count: number): Offer[] {
  const { prices } = site.rules;
  const byId = new Map(candidate.hosts.map((host) => [host.id, { host, price: prices ? hostPrice(host, prices) : null }]));
  return windows.map((window) => {
    const chosen = (window.picked[0] ?? []).flatMap((id) => byId.get(id) ?? []);
    const reservation = candidate.reservation(chosen.map(({ host }) => host));
    const { start, end, latestStart, freeUntil } = window;
    const each = { hosts: chosen.map(({ price }) => price), flavor: candidate.flavor?.name };
    return {
      site: site.id,
      start,
      end,
      count,
      reservation,
      ...(candidate.nodeType !== undefined && { nodeType: candidate.nodeType }),
      ...(candidate.flavor && { flavor: candidate.flavor.name }),
      hosts: chosen.map(({ host }) => host.uid),
      free: window.free[0] ?? 0,
      latestStart,
      freeUntil,
      slack: freeUntil === null ? null : Math.max(0, freeUntil - end),
      cost: prices ? costOf([reservationPrice(reservation, each, prices)], window, prices) : null,
    };
  });
}
