import { expect, test } from 'vitest';
import { byRank } from './rank';
import type { MatchItem } from './types';

const item = (site: string, over: Partial<MatchItem>): MatchItem => ({
  site,
  project: { id: 'p', name: 'p' },
  credential: 'c',
  fits: true,
  pending: false,
  down: false,
  mendable: true,
  score: 0.5,
  reasons: [],
  flavor: null,
  image: null,
  choices: {},
  headroom: {},
  distanceKm: null,
  ...over,
});

test('the nearest that fits comes first; of two as near, the one with more left; what is down or silent comes later', () => {
  const items = [
    item('joinable', { fits: false, project: null, distanceKm: 5 }),
    item('dead', { fits: false, project: null, mendable: false, distanceKm: 1 }),
    item('dead-with-project', { fits: false, mendable: false, distanceKm: 2 }),
    item('silent', { fits: false, project: null, pending: true }),
    item('too-small', { fits: false, distanceKm: 10 }),
    item('down', { down: true, distanceKm: 20 }),
    item('nowhere', { score: 1 }),
    item('far', { distanceKm: 7000, score: 1 }),
    item('near-and-full', { distanceKm: 300, score: 0.1 }),
    item('near', { distanceKm: 320, score: 0.9 }),
  ];
  expect(items.toSorted(byRank).map(({ site }) => site)).toEqual([
    'near',
    'near-and-full',
    'far',
    'nowhere',
    'down',
    'too-small',
    'silent',
    'joinable',
    'dead',
    'dead-with-project',
  ]);
});
