import { nearestMoment } from '@/lib/leases/time/wall';
import { wallTime } from '@/lib/leases/time/zones';
import type { KeptSchedule } from '@/lib/store/schema';

/** When a deployment is next stopped or started by the clock. */
export interface Turn {
  at: Date;
  does: 'stop' | 'start';
}

const DAY_MS = 86_400_000;
/** A week, and what zones are ahead and behind. */
const DAYS = 9;

/**
 * The first turn after a moment, by the clocks of the schedule's zone: on the night of a change, what does not exist is the moment to which clocks are put
 * forward, and of what exists twice the first. Pure.
 * @returns undefined for a zone that is none
 */
export function nextTurn(schedule: KeptSchedule, after: Date): Turn | undefined {
  return turnsFrom(schedule, after).find(({ at }) => at > after);
}

/** The last of the turns that have come since one was due: what it should be now, however long nobody looked. Pure. */
export function turnDue(schedule: KeptSchedule, due: Turn, now: Date): Turn {
  const past = turnsFrom(schedule, new Date(now.getTime() - DAYS * DAY_MS)).filter(({ at }) => at > due.at && at <= now);
  return past.at(-1) ?? due;
}

function turnsFrom({ zone, days, start, stop }: KeptSchedule, from: Date): Turn[] {
  const now = wallTime(from.getTime(), zone);
  if (!now) return [];
  const midnight = Date.UTC(now.year, now.month - 1, now.day);
  // days of a calendar have 24 hours on the wall, whatever the night of a change takes
  const all = Array.from({ length: 2 * DAYS }, (_, index) => midnight + (index - 1) * DAY_MS).flatMap((day): Turn[] => {
    const weekday = new Date(day).getUTCDay() || 7;
    if (!days.includes(weekday)) return [];
    return [turn(day, start, 'start', zone), turn(day, stop, 'stop', zone)];
  });
  return all.sort((a, b) => a.at.getTime() - b.at.getTime());
}

function turn(day: number, clock: string, does: Turn['does'], zone: string): Turn {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return { at: new Date(nearestMoment(day + (hour * 60 + minute) * 60_000, zone)), does };
}
