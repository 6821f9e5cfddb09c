import { expect, it } from 'vitest';
import type { CalendarLine } from '@/lib/api/contract/lease-finder';
import { siteLines } from './site-lines';
import { calendarLine } from './testing/calendar-line';

const line = (site: string, name: string, more = false): CalendarLine => ({
  ...calendarLine(site),
  more,
  rows: [{ uid: name, name, nodeType: '', reservable: true, gpu: null, memoryGiB: null, perHour: null, busy: [] }],
});
const told = (lines: CalendarLine[]) => lines.flatMap(({ site, rows }) => rows.map(({ name }) => `${site}/${name}`)).join(' ');

it('what comes first is shown as it comes', () => {
  const lines = siteLines([]);
  lines.add(line('uc', 'a', true));
  expect(told(lines.shown())).toBe('uc/a');
  lines.add(line('tacc', 'c'));
  lines.add(line('uc', 'b'));
  expect(told(lines.shown())).toBe('uc/a uc/b tacc/c');
});

it('what is read anew takes the place of a site’s lines once all of them have come; other sites stay', () => {
  const lines = siteLines([line('uc', 'a', true), line('uc', 'b'), line('tacc', 'c')]);
  lines.add(line('tacc', 'd'));
  expect(told(lines.shown())).toBe('uc/a uc/b tacc/d');
  lines.add(line('uc', 'e', true));
  expect(told(lines.shown())).toBe('uc/a uc/b tacc/d');
  lines.add(line('uc', 'f'));
  expect(told(lines.shown())).toBe('uc/e uc/f tacc/d');
});

it('a site that is told of no more is gone in the end', () => {
  const lines = siteLines([line('uc', 'a'), line('tacc', 'c')]);
  lines.add(line('uc', 'b'));
  expect(told(lines.all())).toBe('uc/b');
});

it('what was given out before is never changed', () => {
  const before = [line('uc', 'a')];
  const lines = siteLines(before);
  const first = lines.shown();
  lines.add(line('uc', 'b'));
  lines.shown();
  expect([told(before), told(first)]).toEqual(['uc/a', 'uc/a']);
});
