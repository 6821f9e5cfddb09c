import { expect, it } from 'vitest';
import { MINUTE } from '../calendar/moments';
import { host, hosts, hours, inHours, leaseSite } from '../testing/site';
import { inTheWay } from './in-the-way';

const asked = { kind: 'physical:host', min: 2, max: 3, nodeType: 'compute_skylake' } as const;
const site = leaseSite({
  hosts: [
    ...hosts(1, 4),
    host('5', 'compute_skylake', {}, { reservable: false }),
    host('6', 'compute_skylake', { authorized_projects: 'x' }),
    host('7', 'fpga'),
  ],
  taken: new Map([
    ['1', [hours(30, 40), hours(-5, 3), hours(4, 5), hours(9, 12)]],
    ['2', [hours(2, 20)]],
    ['3', [hours(10, 20)]],
    ['7', [hours(0, 99)]],
  ]),
});

it('who has the hosts in this time, when they are free for so long, and which can’t be had at all', () => {
  expect(inTheWay(asked, hours(1, 7), site)).toEqual({
    asked: 2,
    fitting: 6,
    shut: 2,
    taken: 2,
    free: 2,
    hosts: [
      { name: 'c01-1', taken: [hours(-5, 3), hours(4, 5)], freeFrom: inHours(12) + MINUTE },
      { name: 'c01-2', taken: [hours(2, 20)], freeFrom: inHours(20) + MINUTE },
    ],
  });
});

it('counts a reservation that touches the time: there must be a gap', () => {
  const one = (start: number, end: number, gapMinutes?: number) =>
    inTheWay(
      { ...asked, min: 1, max: 1 },
      hours(2, 3),
      leaseSite({
        hosts: hosts(1, 1),
        taken: new Map([['1', [hours(start, end)]]]),
        rules: gapMinutes === undefined ? {} : { gapMinutes },
      }),
    )?.hosts;
  expect(one(1, 2)).toHaveLength(1);
  expect(one(3, 4)).toHaveLength(1);
  expect(one(1, 2)?.[0]?.taken).toEqual([hours(1, 2)]);
  expect([...(one(1, 2, 0) ?? []), ...(one(3, 4, 0) ?? [])]).toEqual([]);
  expect(one(0, 1.5, 30)).toEqual([]);
  expect(one(0, 1.5, 31)).toHaveLength(1);
});

it('names ten at most, the soonest free first, then by name; one that is never free has no time', () => {
  const many = leaseSite({ hosts: hosts(1, 12), taken: new Map(hosts(1, 12).map(({ id }) => [id, [hours(0, id === '7' ? 3 : 5)]])) });
  const found = inTheWay({ kind: 'physical:host', min: 1, max: 1 }, hours(1, 2), many);
  expect(found?.hosts.map(({ name }) => name)).toEqual([
    'c01-7',
    'c01-1',
    'c01-2',
    'c01-3',
    'c01-4',
    'c01-5',
    'c01-6',
    'c01-8',
    'c01-9',
    'c01-10',
  ]);
  expect(found).toMatchObject({ taken: 12, free: 0 });
});

it('is not known where the site shows its hosts, or what is taken, to its operators only', () => {
  expect(inTheWay(asked, hours(1, 7), { ...site, hosts: null })).toBeNull();
  expect(inTheWay(asked, hours(1, 7), { ...site, taken: null })).toBeNull();
});
