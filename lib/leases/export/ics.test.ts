import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hours, lease, NOW } from '../testing/site';
import type { Lease } from '../types';
import { type CalendarLanguage, calendarOf } from './ics';

const site = { id: 'chi', name: 'CHI@UC' };
const calendar = (
  of: Partial<Lease> = {},
  more: { url?: string; notes?: string[] } = {},
  name = 'My leases',
  language: CalendarLanguage = 'en',
) => calendarOf([{ lease: lease({ ...hours(1, 7), ...of }), site, ...more }], { now: NOW, name, language });
/** Lines as a reader sees them: unfolded. */
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n');
const property = (text: string, name: string) =>
  unfolded(text)
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1);
const unescaped = (text = '') => text.replaceAll(/\\([\\;,nN])/g, (_all, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign));

describe('a calendar of leases', () => {
  it('is one that calendars read', () => {
    expect(calendar({}, { url: 'https://t.example.org/leases/1', notes: ['2 hosts', 'ends alone'] })).toBe(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Transat//Leases//EN',
        'CALSCALE:GREGORIAN',
        'METHOD:PUBLISH',
        'X-WR-CALNAME:My leases',
        'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
        'BEGIN:VEVENT',
        'UID:lease-1@chi.transat',
        'DTSTAMP:20261121T120000Z',
        'DTSTART:20261121T130000Z',
        'DTEND:20261121T190000Z',
        'SUMMARY:mine (CHI@UC)',
        'LOCATION:CHI@UC',
        'DESCRIPTION:2 hosts\\nends alone',
        'URL:https://t.example.org/leases/1',
        'STATUS:CONFIRMED',
        'TRANSP:TRANSPARENT',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'TRIGGER;RELATED=END:-PT2H',
        'DESCRIPTION:The lease mine ends in two hours',
        'END:VALARM',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    );
  });

  it('reminds in the person’s language', () => {
    const text = calendar({}, {}, 'Mis reservas', 'es');
    expect(text).toContain('DESCRIPTION:La reserva mine acaba dentro de dos horas');
    expect(text).toContain('PRODID:-//Transat//Leases//ES');
    expect(text).not.toContain('ends in');
  });

  it.each(['TERMINATED', 'TERMINATING', 'DELETING', 'ERROR'])('shows one that is %s as cancelled, without an alarm', (status) => {
    const text = calendar({ status });
    expect(property(text, 'STATUS')).toBe('CANCELLED');
    expect(text).not.toContain('VALARM');
  });

  it('leaves out what is not known, and is one of nothing, too', () => {
    expect(calendar()).not.toMatch(/^(DESCRIPTION:2|URL)/m);
    expect(calendarOf([], { now: NOW, name: 'x', language: 'en' })).not.toContain('VEVENT');
  });

  it.each([
    ['a;b,c\\d', 'a\\;b\\,c\\\\d (CHI@UC)'],
    ['a\r\nBEGIN:VALARM', 'a\\nBEGIN:VALARM (CHI@UC)'],
    ['a\rb\nc', 'a\\nb\\nc (CHI@UC)'],
    ['a\u0000\u202eb', 'ab (CHI@UC)'],
    ['día 🚀', 'día 🚀 (CHI@UC)'],
  ])('escapes %j', (name, summary) => {
    expect(property(calendar({ name }), 'SUMMARY')).toBe(summary);
  });

  it('lets no address begin a line of its own', () => {
    expect(property(calendar({}, { url: 'https://x/\r\nBEGIN:VEVENT y' }), 'URL')).toBe('https://x/BEGIN:VEVENTy');
  });

  it('has lines of 75 octets at most, cut through no sign, that say the same as before', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 200 }), (name, note) => {
        const text = calendar({ name }, { notes: [note] }, name);
        expect(Buffer.from(text).toString()).toBe(text);
        for (const line of text.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\r\n]/);
        }
        expect(unfolded(text).filter((line) => /^(BEGIN|END):/.test(line))).toHaveLength(6);
        const plain = name.replaceAll(/\r\n?/g, '\n');
        if (!/\p{Cc}|\p{Bidi_Control}/u.test(plain)) expect(unescaped(property(text, 'X-WR-CALNAME'))).toBe(plain);
      }),
    );
  });
});
