import { expect, test } from 'vitest';
import { loadCatalog } from './catalog';
import { elasticGroups } from './elastic';

const catalog = loadCatalog(['recipes']);
const of = (inputs: Record<string, unknown>, recipe = 'slurm') => elasticGroups(catalog, { recipe, addOns: [], inputs });

const workers = { group: 'workers', label: 'Workers', work: 'jobs' };

test.each([
  ['none where it is off', {}, []],
  ['the workers, by the usual numbers', { elastic: true }, [{ ...workers, least: 1, most: 4, idleSeconds: 600 }]],
  [
    'by the numbers that were given',
    { elastic: true, worker_least: 2, worker_most: 9, idle_minutes: 3 },
    [{ ...workers, least: 2, most: 9, idleSeconds: 180 }],
  ],
  ['never fewer at most than at least', { elastic: true, worker_least: 6 }, [{ ...workers, least: 6, most: 6, idleSeconds: 600 }]],
])('what follows a queue: %s', (_what, inputs, groups) => expect(of(inputs)).toEqual(groups));

test('pods wait for the workers of Kubernetes, and of each part of what holds it once a part', () => {
  expect(of({ elastic: true }, 'kubernetes')).toEqual([{ ...workers, work: 'pods', least: 1, most: 4, idleSeconds: 600 }]);
  expect(of({ elastic: true, worker_most: 7 }, 'oscar-pair')).toMatchObject([
    { group: 'europe_workers', label: 'Europe: Workers', work: 'pods', most: 7 },
    { group: 'america_workers', label: 'America: Workers', work: 'pods', most: 7 },
  ]);
});

test('a recipe that follows none, and one that is gone, have none', () => {
  expect(of({ elastic: true }, 'virtual-machine')).toEqual([]);
  expect(of({ elastic: true }, 'gone')).toEqual([]);
});
