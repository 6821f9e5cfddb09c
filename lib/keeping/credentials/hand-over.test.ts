import { expect, test } from 'vitest';
import { whyNot } from './hand-over';

const place = { site: 'europe', project: 'p1' };
const one = { id: 'cred_2', site: 'europe', name: 'Two', project: { id: 'p1', name: 'physics' } };

test.each([
  ['of the same project', one],
  ['that leads to whatever projects one has', { ...one, project: null }],
])('a credential %s may take over', (_, to) => {
  expect(whyNot(to, { from: 'cred_1' }, [place, place])).toBeNull();
});

test.each([
  ['there is none', undefined, 'no such credential'],
  ['it is the same', { ...one, id: 'cred_1' }, 'act by already'],
  ['it is for another site', { ...one, site: 'america', project: null }, '“Two” is for another site'],
  ['it leads elsewhere', { ...one, project: { id: 'p2', name: 'biology' } }, '“Two” leads to the project biology'],
])('a credential may not take over where %s', (_, to, why) => {
  expect(whyNot(to, { from: 'cred_1' }, [place])).toContain(why);
});

test('a credential takes over in all places or in none', () => {
  expect(whyNot(one, { from: 'cred_1' }, [place, { ...place, project: 'p2' }])).toContain('another one');
  expect(whyNot(one, { from: 'cred_1' }, [place, { ...place, site: 'america' }])).toContain('another site');
});
