import { expect, test } from 'vitest';
import { plainSite } from '@/lib/sites/testing/site';
import { projectsFirst } from './projects-first';

const site = plainSite({ projects: { 'vo.mine.eu': 'p3', 'vo.theirs.eu': 'p1' } });
const projects = ['p1', 'p2', 'p3', 'p4'].map((id) => ({ id, name: id === 'p4' ? 'vo.other-of-mine.eu' : id }));

test('projects of a person’s virtual organisations come first, by the directory, then by name; the others stay in their order', () => {
  const groups = ['vo.mine.eu', 'vo.other-of-mine.eu'].map((vo) => ({ vo, subgroups: [] }));
  const order = (of: typeof groups) => projectsFirst({ id: 'ann', provider: 'egi', groups: of }, site, projects).map(({ id }) => id);
  expect(order(groups)).toEqual(['p3', 'p4', 'p1', 'p2']);
  expect(order([])).toEqual(['p1', 'p2', 'p3', 'p4']);
});
