import type { CalendarLine } from '@/lib/api/contract/lease-finder';
import type { Span } from '@/lib/leases/types';
import type { Step } from './free-over-time';
import type { Read } from './read-times';
import type { Line } from './rows';

/** A time in which something is taken; by a lease of one's own, where it is named. */
export interface Busy extends Span {
  lease?: string;
}

/** A line of the calendar: a host, or a flavor of which machines are leased. */
export interface CalendarEntry extends Line, Read {
  /** of the host in a reservation, or of the flavor */
  id: string;
  name: string;
  /** `A100 ×4 · 512 GiB`, for people */
  about: string[];
  memoryGiB: number | null;
  perHour: number | null;
  /** false while it is out of service */
  reservable: boolean;
  busy: Busy[];
  /** how many machines of a flavor are free, from when on; null for a host, or where it is not known */
  room: Step[] | null;
}

/** Lines that were read before: they come one after the other, and all of them are asked for again with each. */
const known = new WeakMap<CalendarLine, CalendarEntry[]>();

/** What sites told, as the lines of one calendar; their times are read once. */
export function entriesOf(lines: readonly CalendarLine[]): CalendarEntry[] {
  return lines.flatMap((line) => {
    const entries = known.get(line) ?? [
      ...line.rows.map((row) => hostEntry(line, row)),
      ...line.flavors.map((flavor) => flavorEntry(line, flavor)),
    ];
    known.set(line, entries);
    return entries;
  });
}

const readOfLine = ({ from, to }: Pick<CalendarLine, 'from' | 'to'>): Span => ({ start: Date.parse(from), end: Date.parse(to) });

function hostEntry({ site, ...line }: CalendarLine, row: CalendarLine['rows'][number]): CalendarEntry {
  return {
    key: `${site} host ${row.uid}`,
    site,
    kind: row.nodeType,
    id: row.uid,
    name: row.name,
    about: row.gpu === null ? [] : [row.gpu],
    memoryGiB: row.memoryGiB,
    perHour: row.perHour,
    reservable: row.reservable,
    busy: row.busy.map(({ start, end, lease }) => ({
      start: Date.parse(start),
      end: Date.parse(end),
      ...(lease !== undefined && { lease }),
    })),
    room: null,
    read: readOfLine(line),
    flavor: false,
  };
}

function flavorEntry({ site, ...line }: CalendarLine, flavor: CalendarLine['flavors'][number]): CalendarEntry {
  const steps = flavor.free?.map(({ start, available }) => ({ at: Date.parse(start), free: available })) ?? null;
  return {
    key: `${site} flavor ${flavor.id}`,
    site,
    kind: '',
    id: flavor.id,
    name: flavor.name,
    about: [`${flavor.vcpus} vCPU`, ...(flavor.gpus > 0 ? [`GPU ×${flavor.gpus}`] : [])],
    memoryGiB: flavor.ramMiB / 1024,
    perHour: flavor.perHour,
    reservable: true,
    // where none is left it is taken
    busy: (flavor.free ?? [])
      .filter(({ available }) => available <= 0)
      .map(({ start, end }) => ({ start: Date.parse(start), end: Date.parse(end) })),
    room: steps,
    read: readOfLine(line),
    flavor: true,
  };
}
