import { expect, test } from 'vitest';
import { actingOf, successorsOf } from './successors';

const problem = { code: 'credential-invalid', title: 'No', detail: 'No.' };
const acting = { site: 'europe', project: 'p1', credential: 'old' };
const one = { id: 'new', site: 'europe', project: { id: 'p1', name: 'physics' }, problem: null };

test('who takes over is of the same site and project, and another one; what is refused comes last', () => {
  const all = [
    { ...one, id: 'refused', problem },
    { ...one, id: 'old' },
    { ...one, id: 'of-america', site: 'america' },
    { ...one, id: 'of-biology', project: { id: 'p2', name: 'biology' } },
    { ...one, id: 'own-sign-in', project: null },
    one,
  ];
  expect(successorsOf(all, acting).map(({ id }) => id)).toEqual(['own-sign-in', 'new', 'refused']);
  expect(successorsOf([], acting)).toEqual([]);
});

test('what acts by one credential in one project is told once; what has none is not told', () => {
  const { site, project, credential } = acting;
  const placement = {
    front: acting,
    workers: { ...acting },
    far: { ...acting, project: 'p2' },
    none: { site, project },
    nowhere: { site, credential },
  };
  expect(actingOf(placement)).toEqual([acting, { ...acting, project: 'p2' }]);
  expect(actingOf({})).toEqual([]);
});
