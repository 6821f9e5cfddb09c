import { describe, expect, it } from 'vitest';
import { wallTime } from '@/lib/leases/time/zones';
import { begin, blocksOf, type Choice, chosenOf, drawTo, type Grid, type Key, pressKey } from './choice';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(`${text}Z`);
const grid: Grid = {
  view: { start: at('2026-11-27T00:00'), end: at('2026-12-04T00:00') },
  step: HOUR,
  zone: 'Europe/Madrid',
  rows: Array.from({ length: 50 }, (_, index) => `host ${index}`),
  now: at('2026-11-27T10:20'),
};
const told = (choice: Choice | undefined, on: Grid = grid) => {
  if (!choice) return undefined;
  const { span, rows } = chosenOf(choice, on);
  return `${wallTime(span.start, on.zone)?.text} – ${wallTime(span.end, on.zone)?.text}, rows ${blocksOf(rows)
    .map((block) => block.join('–'))
    .join(', ')}`;
};
const press = (keys: string[], first: Choice | null, on: Grid = grid) =>
  keys.reduce<Choice | null>((choice, name) => {
    const parts = name.split('+');
    const key: Key = { key: parts.at(-1) ?? '', shift: parts.includes('Shift'), far: parts.includes('Control') };
    return pressKey(choice, key, on) ?? choice;
  }, first);

describe('a time that is chosen by drag', () => {
  it.each([
    ['forward', ['2026-11-28T08:10', 3], ['2026-11-28T14:05', 5], '2026-11-28 09:00 – 2026-11-28 15:00, rows 3–5'],
    ['back', ['2026-11-28T14:05', 5], ['2026-11-28T08:10', 3], '2026-11-28 09:00 – 2026-11-28 15:00, rows 3–5'],
    ['by a press alone: one step', ['2026-11-28T08:10', 3], ['2026-11-28T08:10', 3], '2026-11-28 09:00 – 2026-11-28 10:00, rows 3–3'],
    [
      'from the past: from the next round time',
      ['2026-11-27T02:00', 0],
      ['2026-11-27T12:00', 0],
      '2026-11-27 12:00 – 2026-11-27 13:00, rows 0–0',
    ],
    [
      'by a press on the last line: the step before it',
      ['2026-12-04T00:00', 0],
      ['2026-12-04T00:00', 0],
      '2026-12-04 00:00 – 2026-12-04 01:00, rows 0–0',
    ],
    [
      'beyond the last row and the view: to its edge',
      ['2026-12-03T20:00', 48],
      ['2026-12-09T00:00', 90],
      '2026-12-03 21:00 – 2026-12-04 01:00, rows 48–49',
    ],
  ] as const)('%s', (_what, [first, row], [last, lastRow], chosen) => {
    const choice = drawTo(begin({ at: at(first), row }, grid), { at: at(last), row: lastRow }, grid);
    expect(told(choice)).toBe(chosen);
  });

  it('is an hour longer over the night on which clocks are put back', () => {
    const night = { ...grid, view: { start: at('2027-10-30T00:00'), end: at('2027-11-02T00:00') } };
    const choice = drawTo(begin({ at: at('2027-10-30T22:00'), row: 0 }, night), { at: at('2027-10-31T05:00'), row: 0 }, night);
    const { span } = chosenOf(choice, night);
    expect(told(choice, night)).toBe('2027-10-31 00:00 – 2027-10-31 06:00, rows 0–0');
    expect((span.end - span.start) / HOUR).toBe(7);
  });
});

describe('a time that is chosen by keyboard', () => {
  const six = drawTo(begin({ at: at('2026-11-28T08:00'), row: 3 }, grid), { at: at('2026-11-28T14:00'), row: 4 }, grid);

  it.each([
    ['the first key begins at the next round time', ['ArrowRight'], null, '2026-11-27 12:00 – 2026-11-27 13:00, rows 0–0'],
    ['arrows move it', ['ArrowRight', 'ArrowRight', 'ArrowDown'], six, '2026-11-28 11:00 – 2026-11-28 17:00, rows 4–5'],
    ['with Shift they draw it on', ['Shift+ArrowRight', 'Shift+ArrowDown'], six, '2026-11-28 09:00 – 2026-11-28 16:00, rows 3–5'],
    ['with Control by a day', ['Control+ArrowRight'], six, '2026-11-29 09:00 – 2026-11-29 15:00, rows 3–4'],
    ['Page down goes ten rows on', ['PageDown'], six, '2026-11-28 09:00 – 2026-11-28 15:00, rows 13–14'],
    ['what would go over an edge stays', ['PageUp'], six, '2026-11-28 09:00 – 2026-11-28 15:00, rows 3–4'],
    ['Shift and End: to the end of the view', ['Shift+End'], six, '2026-11-28 09:00 – 2026-12-04 01:00, rows 3–4'],
  ])('%s', (_what, keys, first, chosen) => {
    expect(told(press(keys, first) ?? undefined)).toBe(chosen);
  });

  it('is left alone by keys that mean nothing here', () => {
    expect(pressKey(six, { key: 'a', shift: false, far: false }, grid)).toBeUndefined();
  });

  it('never begins in the past, however often one goes back', () => {
    const choice = press(
      Array.from({ length: 100 }, () => 'ArrowLeft'),
      six,
    );
    expect(choice && chosenOf(choice, grid).span.start).toBeGreaterThanOrEqual(grid.now);
  });
});

describe('rows that come and go while a time is chosen', () => {
  const three = drawTo(begin({ at: at('2026-11-28T08:00'), row: 3 }, grid), { at: at('2026-11-28T14:00'), row: 5 }, grid);
  const withRows = (rows: string[]): Grid => ({ ...grid, rows });

  it.each([
    ['others come above', ['new', ...grid.rows], '4–6'],
    ['one comes between them: it is not chosen', grid.rows.toSpliced(4, 0, 'new'), '3–3, 5–6'],
    ['they are sorted anew', grid.rows.toReversed(), '44–46'],
    ['one goes', grid.rows.toSpliced(4, 1), '3–4'],
    ['all go', ['new'], ''],
  ])('the same hosts stay chosen: %s', (_what, rows, chosen) => {
    expect(told(three, withRows([...rows]))).toBe(`2026-11-28 09:00 – 2026-11-28 15:00, rows ${chosen}`);
  });

  it('keys go on from where the hosts stand now', () => {
    expect(told(press(['ArrowDown'], three, withRows(['new', ...grid.rows])) ?? undefined, withRows(['new', ...grid.rows]))).toBe(
      '2026-11-28 09:00 – 2026-11-28 15:00, rows 5–7',
    );
  });

  it('a choice of which all rows have gone begins anew at the first', () => {
    const other = withRows(['a', 'b', 'c']);
    expect(told(press(['Shift+ArrowDown'], three, other) ?? undefined, other)).toBe('2026-11-28 09:00 – 2026-11-28 15:00, rows 1–1');
  });
});

it.each([
  ['to the left', ['ArrowLeft'], '2026-11-28 08:00 – 2026-11-28 09:00, rows 5–5'],
  ['to the right', ['ArrowRight'], '2026-11-28 10:00 – 2026-11-28 11:00, rows 5–5'],
  [
    'two days on and one back',
    ['Control+ArrowRight', 'Control+ArrowRight', 'Control+ArrowLeft'],
    '2026-11-29 09:00 – 2026-11-29 10:00, rows 5–5',
  ],
  ['up', ['ArrowUp'], '2026-11-28 09:00 – 2026-11-28 10:00, rows 4–4'],
  ['down', ['ArrowDown'], '2026-11-28 09:00 – 2026-11-28 10:00, rows 6–6'],
  ['to the first row', ['Control+ArrowUp'], '2026-11-28 09:00 – 2026-11-28 10:00, rows 0–0'],
  ['to the last row', ['Control+ArrowDown'], '2026-11-28 09:00 – 2026-11-28 10:00, rows 49–49'],
  ['ten rows down and up again', ['PageDown', 'PageDown', 'PageUp'], '2026-11-28 09:00 – 2026-11-28 10:00, rows 15–15'],
  ['to the first time that is still to come', ['Home'], '2026-11-27 12:00 – 2026-11-27 13:00, rows 5–5'],
  ['nowhere', ['Enter'], '2026-11-28 09:00 – 2026-11-28 10:00, rows 5–5'],
])('a choice goes %s with %j', (_where, keys, chosen) => {
  const first = begin({ at: at('2026-11-28T08:10'), row: 5 }, grid);
  expect(told(press(keys, first) ?? undefined)).toBe(chosen);
});
