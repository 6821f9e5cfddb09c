import type { FieldProblem } from '@/lib/core/errors';
import { isZone } from '@/lib/leases/time/zones';
import type { KeptSchedule } from '@/lib/store/schema';

/** What is wrong with a schedule, by field. Pure. */
export function faultsOf({ zone, days, start, stop }: KeptSchedule): FieldProblem[] {
  const clock = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
  return [
    ...(isZone(zone) ? [] : [{ path: 'schedule.zone', message: 'This is no time zone. Give one as Europe/Madrid.' }]),
    ...(days.length > 0 && days.every((day) => day >= 1 && day <= 7) && new Set(days).size === days.length
      ? []
      : [{ path: 'schedule.days', message: 'Name each day once: 1 is Monday, 7 is Sunday.' }]),
    ...Object.entries({ start, stop }).flatMap(([name, time]) =>
      clock.test(time) ? [] : [{ path: `schedule.${name}`, message: 'Give a time as 08:00.' }],
    ),
    ...(start === stop ? [{ path: 'schedule.stop', message: 'It would be stopped in the moment in which it is started.' }] : []),
  ];
}
