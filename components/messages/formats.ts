import type { Locale } from './types';

export interface Formats {
  number(value: number): string;
  /** `16 GiB` of mebibytes */
  memory(mebibytes: number): string;
  /** `40 GB` of bytes */
  bytes(bytes: number): string;
  /** local date and time, to the minute */
  time(iso: string): string;
  /** local time of the day, to the second */
  clock(iso: string): string;
  /** local day */
  day(iso: string): string;
  /** the same moment in UTC, to the second */
  utc(iso: string): string;
  /** `3 minutes ago`, `in 2 days`; `now` within a minute */
  ago(iso: string, now: number): string;
  /** `4 min`, `1 h 20 min`, `35 s`, `2 d 4 h` */
  duration(seconds: number): string;
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How numbers, sizes and times are written in a language. @param timeZone IANA name: by its clocks local times are written */
export function formatsOf(locale: Locale, timeZone: string): Formats {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const time = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone,
  });
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false, timeZone });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    number: (value) => number.format(value),
    memory: (mebibytes) => (mebibytes < 1024 ? `${number.format(mebibytes)} MiB` : `${number.format(mebibytes / 1024)} GiB`),
    bytes: (bytes) => bytesText(bytes, number),
    time: (iso) => time.format(new Date(iso)),
    clock: (iso) => clock.format(new Date(iso)),
    day: (iso) => day.format(new Date(iso)),
    utc: (iso) => `${new Date(iso).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    ago: (iso, now) => {
      const seconds = (Date.parse(iso) - now) / 1000;
      const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['second' as const, Number.POSITIVE_INFINITY];
      return relative.format(Math.round(seconds / size), unit);
    },
    duration: durationText,
  };
}

function bytesText(bytes: number, number: Intl.NumberFormat): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const index = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${number.format(bytes / 1000 ** index)} ${units[index]}`;
}

function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole < 600 && whole % 60 > 0 ? ` ${whole % 60} s` : ''}`;
  if (whole >= 86_400) {
    const hours = Math.floor((whole % 86_400) / 3600);
    return `${Math.floor(whole / 86_400)} d${hours > 0 ? ` ${hours} h` : ''}`;
  }
  const minutes = Math.floor((whole % 3600) / 60);
  return `${Math.floor(whole / 3600)} h${minutes > 0 ? ` ${minutes} min` : ''}`;
}
