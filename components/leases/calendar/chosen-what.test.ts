import { describe, expect, it } from 'vitest';
import { chosenWhat } from './chosen-what';
import type { CalendarEntry } from './lines';
import { rowsOf } from './rows';

const host = (id: string, site: string, kind: string, busy: number[][] = [], over: Partial<CalendarEntry> = {}): CalendarEntry => ({
  key: `${site} ${id}`,
  site,
  kind,
  id,
  name: id,
  about: [],
  memoryGiB: null,
  perHour: null,
  reservable: true,
  busy: busy.map(([start = 0, end = 0]) => ({ start, end })),
  room: null,
  read: { start: 0, end: 100 },
  flavor: false,
  ...over,
});
const room = [10, 4, 2, 7].map((free, index) => ({ at: index * 10, free }));
const rows = rowsOf(
  [
    host('a', 'uc', 'gpu', [[10, 20]]),
    host('b', 'uc', 'gpu'),
    host('c', 'uc', 'cpu', [], { reservable: false }),
    host('d', 'tacc', 'gpu'),
    host('m1', 'kvm', '', [], { flavor: true, room }),
  ],
  new Set(),
);
const span = { start: 12, end: 25 };

// rows: 0 gpu, 1 a, 2 b, 3 cpu, 4 c, 5 gpu at tacc, 6 d, 7 flavors, 8 m1
describe('what is chosen in the calendar', () => {
  it.each([
    ['the name of a kind: any of it', [0, 0], { is: 'kind', site: 'uc', kind: 'gpu', free: 1, total: 2 }],
    ['hosts: just these, and which are taken then', [1, 2], { is: 'hosts', site: 'uc', kind: 'gpu', taken: [{ id: 'a' }] }],
    ['hosts of several kinds have none in common', [2, 4], { is: 'hosts', kind: '', taken: [{ id: 'c' }] }],
    ['hosts of two sites can’t be had in one lease', [4, 6], { is: 'sites' }],
    ['a flavor: as many as are free in all of the time', [8, 8], { is: 'flavor', site: 'kvm', free: 2 }],
    ['the name of the flavors: nothing', [7, 7], { is: 'nothing' }],
    ['a row that is not there: nothing', [40, 40], { is: 'nothing' }],
    ['a flavor beside a host: neither', [6, 8], { is: 'mixed' }],
  ] as const)('%s', (_what, [first, last], what) => {
    const chosen = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    expect(chosenWhat(rows, chosen, span)).toMatchObject(what);
  });

  it.each([
    ['hosts', [1]],
    ['the name of a kind', [0]],
    ['a flavor', [8]],
  ])('says that it does not know of a time that was not read: %s', (_what, chosen) => {
    expect(chosenWhat(rows, chosen, { start: 90, end: 101 })).toEqual({ is: 'unread' });
  });
});
