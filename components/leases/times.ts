import { MINUTE } from '@/lib/leases/time/units';
import { wallTime } from '@/lib/leases/time/zones';
import type { Moment, Span } from '@/lib/leases/types';

/** How times of leases are written in a language, by the clocks of a zone. */
export interface Times {
  zone: string;
  /** `Sat, 28 Nov, 09:00` */
  moment(at: Moment): string;
  /** `09:00` */
  clock(at: Moment): string;
  /** `Sat 28` */
  day(at: Moment): string;
  /** `28 Nov` */
  date(at: Moment): string;
  /** `November 2026` */
  month(at: Moment): string;
  /** `Sat, 28 Nov, 09:00 – 15:00 CET`; the clocks are named twice where they change within it */
  span(span: Span): string;
  /** the same in UTC: `28 Nov, 08:00 – 14:00 UTC` */
  utc(span: Span): string;
  /** one moment in UTC: `28 Nov, 08:00 UTC` */
  utcMoment(at: Moment): string;
}

const made = new Map<string, Times>();

/** @param zone IANA name; what is none counts as UTC */
export function timesOf(locale: string, zone: string): Times {
  const key = `${locale} ${zone}`;
  const known = made.get(key);
  if (known) return known;
  const times = make(locale, wallTime(0, zone) ? zone : 'UTC');
  made.set(key, times);
  return times;
}

function make(locale: string, zone: string): Times {
  const as = (options: Intl.DateTimeFormatOptions, timeZone = zone) => {
    const format = new Intl.DateTimeFormat(locale, { hour12: false, timeZone, ...options });
    return (at: Moment) => format.format(at);
  };
  const hours = { hour: '2-digit', minute: '2-digit' } as const;
  const days = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  const moment = as({ ...days, ...hours });
  const clock = as(hours);
  const utcDay = as({ day: 'numeric', month: 'short' }, 'UTC');
  const utcClock = as(hours, 'UTC');
  const names = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short', hour: 'numeric' });
  const name = (at: Moment) => names.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
  const isSameDay = (a: Moment, b: Moment, where: string) =>
    wallTime(a, where)?.text.slice(0, 10) === wallTime(b, where)?.text.slice(0, 10);
  return {
    zone,
    moment,
    clock,
    day: as({ weekday: 'short', day: 'numeric' }),
    date: as({ day: 'numeric', month: 'short' }),
    month: as({ month: 'long', year: 'numeric' }),
    span: ({ start, end }) => {
      const isChanged = wallTime(start, zone)?.offset !== wallTime(end, zone)?.offset;
      const until = isSameDay(start, end - MINUTE, zone) && isSameDay(start, end, zone) ? clock(end) : moment(end);
      return `${moment(start)}${isChanged ? ` ${name(start)}` : ''} – ${until} ${name(end)}`;
    },
    utc: ({ start, end }) => {
      const until = isSameDay(start, end, 'UTC') ? utcClock(end) : `${utcDay(end)}, ${utcClock(end)}`;
      return `${utcDay(start)}, ${utcClock(start)} – ${until} UTC`;
    },
    utcMoment: (at) => `${utcDay(at)}, ${utcClock(at)} UTC`,
  };
}

/** How long something lasts, to the minute: `6 h`, `2 d 4 h`, `1 h 30 min`. */
export function lengthText(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / MINUTE));
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor((minutes % 1440) / 60), 'h'],
    [minutes % 60, 'min'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).slice(0, 2);
  return told.length > 0 ? told.map(([count, unit]) => `${count} ${unit}`).join(' ') : '0 min';
}
