import { expect, it } from 'vitest';
import { movedView, viewFrom } from './views';

const at = (text: string) => Date.parse(`${text}Z`);
const now = at('2026-11-27T23:30');

it.each([
  ['', 14, 'Europe/Madrid', '2026-11-27T23:00', '2026-12-11T23:00'],
  ['', 1, 'America/Chicago', '2026-11-27T06:00', '2026-11-28T06:00'],
  ['nonsense', 7, 'UTC', '2026-11-27T00:00', '2026-12-04T00:00'],
  // a week in which clocks are put back has an hour more
  ['2026-10-20T10:00:00Z', 7, 'Europe/Madrid', '2026-10-19T22:00', '2026-10-26T23:00'],
])('a calendar from “%s” of %d days in %s goes from midnight to midnight', (from, days, zone, start, end) => {
  expect(viewFrom(from, days, now, zone)).toEqual({ start: at(start), end: at(end) });
});

it('goes on and back by whole days, also over a change of the clocks', () => {
  const view = viewFrom('2026-10-20T10:00:00Z', 7, now, 'Europe/Madrid');
  expect(movedView(view, 1, 7, 'Europe/Madrid')).toBe(view.end);
  expect(movedView(view, -1, 7, 'Europe/Madrid')).toBe(at('2026-10-12T22:00'));
});

it.each(['x', '+275760-09-13T00:00:00Z', '-271821-04-20T00:00:00Z', ''])('an address that says “%s” shows today', (from) => {
  const now = Date.UTC(2026, 10, 28, 9);
  expect(viewFrom(from, 14, now, 'UTC').start).toBe(Date.UTC(2026, 10, 28));
});
