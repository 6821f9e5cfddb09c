import { DAY, HOUR, MINUTE } from '@/lib/leases/time/units';
import { changeAround, momentsOf, nearestMoment } from '@/lib/leases/time/wall';
import { offsetAt, wallTime } from '@/lib/leases/time/zones';
import type { Moment, Span } from '@/lib/leases/types';

/** How finely a time is chosen in a view, in milliseconds of a clock on the wall: about as finely as a finger can point. */
export function stepOf({ start, end }: Span): number {
  const length = end - start;
  if (length <= 1.5 * DAY) return 15 * MINUTE;
  if (length <= 8 * DAY) return HOUR;
  return length <= 35 * DAY ? 6 * HOUR : DAY;
}

/** The moment nearest to another at which clocks of a zone show a multiple of a step, also on the night of a change. */
export function snap(moment: Moment, step: number, zone: string): Moment {
  const wall = Math.round((moment + (offsetAt(moment, zone) ?? 0)) / step) * step;
  const moments = momentsOf(wall, zone);
  // a time that is left out that night: the moment of the change
  if (moments.length === 0) return changeAround(wall, zone);
  return moments.reduce((best, one) => (Math.abs(one - moment) < Math.abs(best - moment) ? one : best));
}

/** One step on or back, from wherever one is. */
export function stepFrom(moment: Moment, direction: 1 | -1, step: number, zone: string): Moment {
  const next = snap(moment + direction * step, step, zone);
  return (next - moment) * direction > 0 ? next : snap(moment + 2 * direction * step, step, zone);
}

/** The same time of the day, a day on or back. */
export function dayFrom(moment: Moment, direction: 1 | -1, zone: string): Moment {
  return nearestMoment(moment + (offsetAt(moment, zone) ?? 0) + direction * DAY, zone);
}

/** A line of the grid, at a round time where the person is. */
export interface Line {
  at: Moment;
  /** midnight; in a long view, of a Monday */
  strong: boolean;
}

/** Steps between lines, in hours of a clock. */
const HOURS = [1, 3, 6, 12, 24, 7 * 24, 28 * 24];

/**
 * The lines of a view, so many that their names have room.
 * @param most how many names there is room for
 */
export function linesOf(view: Span, zone: string, most: number): Line[] {
  const length = (view.end - view.start) / HOUR;
  const hours = HOURS.find((each) => length / each <= most) ?? length;
  if (hours < 24) {
    return daysOf(view, zone).flatMap((day) =>
      Array.from({ length: 24 / hours }, (_, index) => day.wall + index * hours * HOUR)
        .map((wall, index) => ({ at: nearestMoment(wall, zone), strong: index === 0 }))
        .filter(({ at }) => at >= view.start && at < view.end),
    );
  }
  const weekly = hours > 24;
  return daysOf(view, zone)
    .filter(({ weekday, week }) => !weekly || (weekday === 1 && week % (hours / 168) === 0))
    .filter(({ at }) => at >= view.start && at < view.end)
    .map(({ at, weekday }) => ({ at, strong: weekly || weekday === 1 }));
}

/** A day of a person's calendar: it has 23 or 25 hours where clocks change. */
interface Day {
  at: Moment;
  /** its midnight, as if it were UTC */
  wall: number;
  /** 1 is Monday */
  weekday: number;
  week: number;
}

/** All days that a view touches. */
export function daysOf(view: Span, zone: string): Day[] {
  const first = wallTime(view.start, zone);
  if (!first) return [];
  const days: Day[] = [];
  for (let index = 0; index < MOST_DAYS; index += 1) {
    const wall = Date.UTC(first.year, first.month - 1, first.day + index);
    const at = nearestMoment(wall, zone);
    if (at >= view.end) break;
    // the first of January 1970 was a Thursday
    const number = Math.round(wall / DAY) + 3;
    days.push({ at, wall, weekday: (number % 7) + 1, week: Math.floor(number / 7) });
  }
  return days;
}

const MOST_DAYS = 400;
