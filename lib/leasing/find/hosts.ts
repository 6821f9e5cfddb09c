import type { Visitor } from '@/lib/desk/types';
import { DAY, toIso } from '@/lib/leases/calendar/moments';
import { type Facet, facetNames, searchHardware } from '@/lib/leases/find/hardware-search';
import { hardwareOf } from '@/lib/leases/resources/hardware';
import { hostPrice } from '@/lib/leases/rules/cost';
import type { Host, LeaseSite, Moment, TakenSpan } from '@/lib/leases/types';
import type { LeasingPorts } from '../ports';
import { type Gathered, gather, type Source } from './gather';
import { searchOf, type Wanted } from './wanted';

/** A host as it is shown in a list. */
export interface HostLine {
  site: string;
  uid: string;
  name: string;
  nodeType: string;
  reservable: boolean;
  architecture: string | null;
  cpu: string | null;
  threads: number | null;
  memoryGiB: number | null;
  diskGiB: number | null;
  gpu: { model: string | null; count: number } | null;
  infiniband: boolean;
  rack: string | null;
  perHour: number | null;
  availability: 'free' | 'taken' | 'out-of-service' | 'unknown';
  until: string | null;
}

export interface Hosts {
  items: HostLine[];
  total: number;
  facets: Record<Facet, { value: string; count: number }[]>;
  sources: Source[];
}

interface Query extends Wanted {
  site?: readonly string[];
  /** how many are left out, and how many are told */
  skip: number;
  limit: number;
}

/** For how long ahead it is of interest when something is free. */
const AHEAD_MS = 30 * DAY;

/** Looks through the hosts of all sites, for a person or for nobody; says what was found whenever more sites have told. */
export async function tellHosts(
  services: LeasingPorts,
  person: Visitor | null,
  query: Query,
  say: (found: Hosts, settled: boolean) => void,
): Promise<void> {
  const now = services.clock.now().getTime();
  const span = { start: now, end: now + AHEAD_MS };
  await gather(services, person, { sites: query.site, span }, (all, settled) => say(hostsIn(all, query, now), settled));
}

function hostsIn(all: readonly Gathered[], { skip, limit, ...query }: Query, now: Moment): Hosts {
  const every = all.flatMap((from) => (from.site?.hosts ?? []).map((host) => ({ site: from.source.site, host, from })));
  const { hosts, facets } = searchHardware(every, searchOf(query));
  const sorted = hosts.toSorted(
    (a, b) =>
      a.site.localeCompare(b.site, 'en') ||
      a.host.nodeType.localeCompare(b.host.nodeType, 'en') ||
      inOrder.compare(a.host.name, b.host.name),
  );
  return {
    items: sorted.slice(skip, skip + limit).flatMap(({ host, from }) => (from.site ? [lineOf(host, from.site, from.unknown, now)] : [])),
    total: sorted.length,
    facets: Object.fromEntries(facetNames.map((name) => [name, facets[name].slice(0, MOST_VALUES)])) as Hosts['facets'], // of facetNames, which are all
    sources: all.map(({ source }) => source),
  };
}

const MOST_VALUES = 60;
const inOrder = new Intl.Collator('en', { numeric: true });

function lineOf(host: Host, site: LeaseSite, unknown: ReadonlySet<string>, now: Moment): HostLine {
  const has = hardwareOf(host);
  return {
    site: site.id,
    uid: host.uid,
    name: host.name,
    nodeType: host.nodeType,
    reservable: host.reservable,
    architecture: has.architecture ?? null,
    cpu: has.cpu ?? null,
    threads: has.threads ?? null,
    memoryGiB: has.memoryMiB === undefined ? null : Math.round(has.memoryMiB / 1024),
    diskGiB: has.diskGiB ?? null,
    gpu: has.gpu && { model: has.gpu.model ?? null, count: has.gpu.count },
    infiniband: has.infiniband,
    rack: has.rack ?? null,
    perHour: site.rules.prices ? hostPrice(host, site.rules.prices) : null,
    ...standingOf(host, site, unknown, now),
  };
}

/** Whether a host is free now, and until when that holds. */
function standingOf(
  { id, reservable }: Host,
  { taken }: LeaseSite,
  unknown: ReadonlySet<string>,
  now: Moment,
): Pick<HostLine, 'availability' | 'until'> {
  if (!reservable) return { availability: 'out-of-service', until: null };
  if (!taken || unknown.has(id)) return { availability: 'unknown', until: null };
  const spans = (taken.get(id) ?? []).filter(({ end }) => end > now).toSorted((a, b) => a.start - b.start);
  const [first] = spans;
  if (!first || first.start > now) return { availability: 'free', until: first ? toIso(first.start) : null };
  const until = endOf(spans, now);
  return { availability: 'taken', until: Number.isFinite(until) ? toIso(until) : null };
}

/** When the leases that follow each other without a gap end. */
function endOf(spans: readonly TakenSpan[], now: Moment): Moment {
  return spans.reduce((until, { start, end }) => (start <= until ? Math.max(until, end) : until), now);
}
