import { invalidInput } from '@/lib/core/problems';
import type { Visitor } from '@/lib/desk/types';
import { freeOverTime } from '@/lib/leases/calendar/free-over-time';
import { DAY, toIso } from '@/lib/leases/calendar/moments';
import { demandOf } from '@/lib/leases/resources/demands';
import { hardwareOf } from '@/lib/leases/resources/hardware';
import { inNameOrder } from '@/lib/leases/resources/names';
import { flavorPrice, hostPrice } from '@/lib/leases/rules/cost';
import type { Host, LeaseSite, Moment, Span } from '@/lib/leases/types';
import type { Flavor } from '@/lib/sites/types';
import type { LeasingPorts } from '../ports';
import { leasesOf } from '../rows';
import { type Gathered, gatherEach, type Source } from './gather';
import { type Wanted, wantedHosts } from './wanted';

/** A host, and when it is taken. Whose others' leases are is not told. */
export interface CalendarRow {
  uid: string;
  name: string;
  nodeType: string;
  reservable: boolean;
  gpu: string | null;
  memoryGiB: number | null;
  perHour: number | null;
  busy: { start: string; end: string; lease?: string }[];
}

/** Rows of one site; a large one comes in several lines. */
export interface CalendarLine extends Source {
  from: string;
  to: string;
  rows: CalendarRow[];
  more: boolean;
  flavors: {
    id: string;
    name: string;
    vcpus: number;
    ramMiB: number;
    diskGiB: number;
    gpus: number;
    perHour: number | null;
    free: { start: string; end: string; available: number }[] | null;
  }[];
  downtimes: { start: string; end: string; title: string }[];
}

interface Query extends Pick<Wanted, 'q' | 'nodeType'> {
  site?: readonly string[];
  from?: Moment;
  to?: Moment;
}

const USUAL_DAYS = 14;
const MOST_DAYS = 100;
/** So that the first rows come soon. */
const ROWS = 100;

/**
 * Says which hosts of all sites are taken when, for a person or for nobody, site by site as they tell.
 * @throws AppError `invalid-input` naming the field
 */
export async function tellCalendar(
  services: LeasingPorts,
  person: Visitor | null,
  query: Query,
  say: (line: CalendarLine) => void,
): Promise<void> {
  const now = services.clock.now().getTime();
  const start = query.from ?? now;
  const span = { start, end: query.to ?? start + USUAL_DAYS * DAY };
  if (span.end <= span.start) throw invalidInput([{ path: 'to', message: 'The end does not come after the start.' }]);
  if (span.end - span.start > MOST_DAYS * DAY) throw invalidInput([{ path: 'to', message: `A calendar shows ${MOST_DAYS} days at most.` }]);
  const own = person ? await leasesOf(services.store.db, person.id, { past: true }) : [];
  await gatherEach(services, person, { sites: query.site, span, needs: { flavors: true } }, (one) => {
    const ids = new Map(own.flatMap(({ site, lease_id, id }) => (site === one.source.site && lease_id ? [[lease_id, id] as const] : [])));
    for (const line of linesOf(one, query, span, ids)) say(line);
  });
}

function linesOf({ source, site, unknown }: Gathered, query: Query, span: Span, own: ReadonlyMap<string, string>): CalendarLine[] {
  const frame = { ...source, from: toIso(span.start), to: toIso(span.end), flavors: [], downtimes: [] };
  if (!site) return [{ ...frame, rows: [], more: false }];
  const hosts = site.taken ? wantedHosts(site, query).filter(({ id }) => !unknown.has(id)) : [];
  const sorted = hosts.toSorted((a, b) => inNameOrder(a.nodeType, b.nodeType) || inNameOrder(a.name, b.name));
  const pages = Array.from({ length: Math.max(1, Math.ceil(sorted.length / ROWS)) }, (_, index) =>
    sorted.slice(index * ROWS, (index + 1) * ROWS),
  );
  return pages.map((page, index) => ({
    ...frame,
    rows: page.map((host) => rowOf(host, site, span, own)),
    more: index < pages.length - 1,
    ...(index === 0 && {
      flavors: site.kinds.includes('flavor:instance')
        ? site.flavors.filter(({ leased, bareMetal }) => !leased && !bareMetal).map((one) => flavorOf(one, site, span))
        : [],
      downtimes: (site.downtimes ?? [])
        .filter(({ start, end }) => start < span.end && end > span.start)
        .map(({ start, end, title }) => ({ start: toIso(start), end: toIso(end), title })),
    }),
  }));
}

function rowOf(host: Host, { taken, rules }: LeaseSite, span: Span, own: ReadonlyMap<string, string>): CalendarRow {
  const { gpu, memoryMiB } = hardwareOf(host);
  const within = (taken?.get(host.id) ?? []).filter(({ start, end }) => start < span.end && end > span.start);
  return {
    uid: host.uid,
    name: host.name,
    nodeType: host.nodeType,
    reservable: host.reservable,
    gpu: gpu && `${gpu.model ?? 'GPU'}${gpu.count > 1 ? ` ×${gpu.count}` : ''}`,
    memoryGiB: memoryMiB === undefined ? null : Math.round(memoryMiB / 1024),
    perHour: rules.prices ? hostPrice(host, rules.prices) : null,
    busy: within
      .toSorted((a, b) => a.start - b.start)
      .map(({ start, end, lease }) => {
        const mine = lease === undefined ? undefined : own.get(lease);
        // what has no end that is known reaches beyond what is shown
        return { start: toIso(start), end: toIso(Math.min(end, span.end + DAY)), ...(mine !== undefined && { lease: mine }) };
      }),
  };
}

function flavorOf(flavor: Flavor, site: LeaseSite, span: Span): CalendarLine['flavors'][number] {
  const { id, name, vcpus, ramMiB, diskGiB, gpus = 0 } = flavor;
  const demand = demandOf(site, { kind: 'flavor:instance', flavor: id, count: 1 }, { from: span.start });
  const free =
    demand && freeOverTime(demand.from, span).map((one) => ({ start: toIso(one.start), end: toIso(one.end), available: one.available }));
  return { id, name, vcpus, ramMiB, diskGiB, gpus, perHour: site.rules.prices ? flavorPrice(name, site.rules.prices) : null, free };
}
