import { freeRuns, runAround } from '../calendar/free-runs';
import { MINUTE } from '../calendar/moments';
import { isLeasable, matches, wantsOf } from '../resources/match';
import { inNameOrder } from '../resources/names';
import type { HostReservation, LeaseSite, Moment, Span } from '../types';

/** What stands between a reservation of hosts and its hosts. */
export interface InTheWay {
  asked: number;
  /** hosts that have what is asked for, in service or not */
  fitting: number;
  /** of these, out of service or kept for other projects */
  shut: number;
  /** of these, reserved by others for a part of the time at least */
  taken: number;
  free: number;
  /** those that are taken, the soonest free first: when they are reserved, and from when on each is free for so long as is asked for */
  hosts: { name: string; taken: Span[]; freeFrom: Moment }[];
}

const MOST_NAMED = 10;

/** @returns null where the site does not show its hosts, or when they are taken */
export function inTheWay(reservation: HostReservation, span: Span, site: LeaseSite): InTheWay | null {
  const { hosts, taken: calendar, rules, project } = site;
  if (!hosts || !calendar) return null;
  const gap = (rules.gapMinutes ?? 1) * MINUTE;
  const fitting = hosts.filter((host) => matches(host, wantsOf(reservation, rules)));
  const open = fitting.filter((host) => isLeasable(host, project?.id));
  const busy = open.flatMap((host) => {
    const spans = calendar.get(host.id) ?? [];
    const runs = freeRuns(spans, { start: span.start, end: Number.POSITIVE_INFINITY }, gap);
    if (runAround(runs, span)) return [];
    const inTheWay = spans
      .filter(({ start, end }) => start - gap < span.end && span.start < end + gap)
      .map(({ start, end }) => ({ start, end }));
    const freeFrom = runs.find((run) => run.end - run.start >= span.end - span.start)?.start ?? Number.POSITIVE_INFINITY;
    return [{ host, taken: inTheWay.sort((a, b) => a.start - b.start), freeFrom }];
  });
  const named = busy.toSorted((a, b) => a.freeFrom - b.freeFrom || inNameOrder(a.host.name, b.host.name)).slice(0, MOST_NAMED);
  return {
    asked: reservation.min,
    fitting: fitting.length,
    shut: fitting.length - open.length,
    taken: busy.length,
    free: open.length - busy.length,
    hosts: named.map(({ host, taken, freeFrom }) => ({ name: host.name, taken, freeFrom })),
  };
}
