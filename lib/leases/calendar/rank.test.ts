import { expect, it } from 'vitest';
import { host } from '../testing/site';
import { inOrderOfTaste, longestFirst } from './rank';

const inRack = (id: string, rack?: string) => host(id, 'compute_skylake', rack === undefined ? {} : { 'placement.rack': rack });
const order = (...args: Parameters<typeof inOrderOfTaste>) => inOrderOfTaste(...args).map(({ id }) => id);

it('hosts of the fullest rack come first, those that failed less before others, then by name', () => {
  const all = [inRack('10', 'a'), inRack('9', 'a'), inRack('4', 'b'), inRack('3', 'b'), inRack('2', 'b'), inRack('1'), inRack('0')];
  expect(order(all)).toEqual(['2', '3', '4', '9', '10', '0', '1']);
  expect(
    order(
      all,
      new Map([
        ['uid-2', 3],
        ['uid-3', 1],
        ['uid-0', 1],
      ]),
    ),
  ).toEqual(['4', '3', '2', '9', '10', '1', '0']);
});

it('racks of one size stay together, and hosts that say no rack are in none', () => {
  const all = [inRack('1', 'b'), inRack('2', 'a'), inRack('3', 'b'), inRack('4', 'a'), inRack('5'), inRack('6'), inRack('7')];
  expect(order(all)).toEqual(['2', '4', '1', '3', '5', '6', '7']);
});

it('hosts of one name are in the order of their ids, always the same', () => {
  const twins = [host('2', 't', {}, { name: 'n' }), host('1', 't', {}, { name: 'n' })];
  expect(order(twins)).toEqual(['1', '2']);
  expect(order(twins.toReversed())).toEqual(['1', '2']);
});

it('what stays free longest comes first, for ever before all; else the order stays', () => {
  const ever = Number.POSITIVE_INFINITY;
  const given = [3, ever, 5, ever, 3].map((freeUntil, id) => ({ freeUntil, id }));
  expect(longestFirst(given).map(({ id }) => id)).toEqual([1, 3, 2, 0, 4]);
});
