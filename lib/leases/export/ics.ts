import { tidyText } from '@/lib/core/text';
import type { Lease, Moment } from '../types';

/** A lease as an entry of a calendar. */
export interface CalendarEntry {
  lease: Lease;
  site: { id: string; name: string };
  /** its page */
  url?: string;
  /** what else is to be said of it, in lines */
  notes?: readonly string[];
}

/** Whoever subscribes to a calendar reads it far from any screen of ours: it is said whole, in the person's language. */
export type CalendarLanguage = 'en' | 'es';
const endsSoon: Record<CalendarLanguage, (name: string) => string> = {
  en: (name) => `The lease ${name} ends in two hours`,
  es: (name) => `La reserva ${name} acaba dentro de dos horas`,
};

interface About {
  now: Moment;
  /** what the calendar is called */
  name: string;
  language: CalendarLanguage;
}

/** Octets of a line, without its end (RFC 5545, 3.1). */
const LINE = 75;
const over = new Set(['TERMINATED', 'TERMINATING', 'DELETING', 'ERROR']);

/** Leases as a calendar (RFC 5545) that others subscribe to. All times are UTC: a calendar shows them in its own zone. */
export function calendarOf(entries: readonly CalendarEntry[], { now, name, language }: About): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Transat//Leases//${language.toUpperCase()}`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
    ...entries.flatMap((entry) => eventOf(entry, now, language)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventOf({ lease, site, url, notes = [] }: CalendarEntry, now: Moment, language: CalendarLanguage): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(`${lease.id}@${site.id}.transat`)}`,
    `DTSTAMP:${dateTime(now)}`,
    `DTSTART:${dateTime(lease.start)}`,
    `DTEND:${dateTime(lease.end)}`,
    `SUMMARY:${escaped(`${lease.name} (${site.name})`)}`,
    `LOCATION:${escaped(site.name)}`,
    ...(notes.length > 0 ? [`DESCRIPTION:${escaped(notes.join('\n'))}`] : []),
    ...(url === undefined ? [] : [`URL:${escapedUri(url)}`]),
    `STATUS:${over.has(lease.status) ? 'CANCELLED' : 'CONFIRMED'}`,
    // it does not make its owner busy
    'TRANSP:TRANSPARENT',
    ...(over.has(lease.status) ? [] : alarm(endsSoon[language](lease.name))),
    'END:VEVENT',
  ];
}

function alarm(said: string): string[] {
  return ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER;RELATED=END:-PT2H', `DESCRIPTION:${escaped(said)}`, 'END:VALARM'];
}

/** `20261122T140000Z` */
function dateTime(moment: Moment): string {
  return `${new Date(moment).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** A text value (RFC 5545, 3.3.11): signs that mean something escaped, those that show nothing left out. */
function escaped(text: string): string {
  return tidyText(text.replaceAll(/\r\n?/g, '\n'))
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

/** An address has no escapes: what would end its line is left out. */
const escapedUri = (text: string): string => tidyText(text).replaceAll(/\s/g, '');

/** A line in pieces of 75 octets, each further one behind a space; no sign is cut through. */
function folded(line: string): string {
  const pieces: string[] = [];
  let [piece, octets] = ['', 0];
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    if (octets + size > LINE) {
      pieces.push(piece);
      [piece, octets] = ['', 1];
    }
    piece += sign;
    octets += size;
  }
  return [...pieces, piece].join('\r\n ');
}
