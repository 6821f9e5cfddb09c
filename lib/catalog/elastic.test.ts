import { expect, test } from 'vitest';
import { loadCatalog } from './catalog';
import { elasticGroups } from './elastic';

const catalog = loadCatalog(['recipes']);
const of = (inputs: Record<string, unknown>, recipe = 'slurm') => elasticGroups(catalog, { recipe, addOns: [], inputs });

test.each([
  ['none where it is off', {}, []],
  ['the workers, by the usual numbers', { elastic: true }, [{ group: 'workers', label: 'Workers', least: 1, most: 4, idleSeconds: 600 }]],
  [
    'by the numbers that were given',
    { elastic: true, worker_least: 2, worker_most: 9, idle_minutes: 3 },
    [{ group: 'workers', label: 'Workers', least: 2, most: 9, idleSeconds: 180 }],
  ],
  [
    'never fewer at most than at least',
    { elastic: true, worker_least: 6 },
    [{ group: 'workers', label: 'Workers', least: 6, most: 6, idleSeconds: 600 }],
  ],
])('what follows a queue: %s', (_what, inputs, groups) => expect(of(inputs)).toEqual(groups));

test('a recipe that follows none, and one that is gone, have none', () => {
  expect(of({ elastic: true }, 'virtual-machine')).toEqual([]);
  expect(of({ elastic: true }, 'gone')).toEqual([]);
});
