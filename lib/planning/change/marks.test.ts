import { expect, it } from 'vitest';
import { movePart } from '@/lib/deploying/requests/moved-plan';
import { america, americaFacts, europe } from '../fixtures/places';
import { apart, builtIn, planningInput } from '../fixtures/plan';
import { planDeployment } from '../plan';
import { differenceOf } from './difference';
import { keepStanding } from './keep-standing';
import { asDrawn, asStanding } from './marks';

const guarded = { ...america, features: { ...america.features, securityGroups: true } };
const asia = { ...guarded, id: 'asia', name: 'Asia' };
const input = apart(planningInput(builtIn.recipe('two-shores')));
const before = planDeployment({ ...input, sites: { europe, america: guarded } });
const placement = { ...input.request.placement, america: { site: 'asia', project: 'research', credential: 'c' } };
const there = {
  ...input,
  sites: { europe, asia },
  facts: { ...input.facts, 'asia/research': americaFacts },
  request: { ...input.request, placement },
};
const drawn = planDeployment(there);
const keys = (known: readonly { key: string }[]) => known.map(({ key }) => key);
const once = movePart(before, 'america', drawn, keys(before.resources)).plan;
const twice = movePart(once, 'america', drawn, keys([...before.resources, ...once.resources])).plan;

it.each([
  ['never', drawn],
  ['once', once],
  ['twice', twice],
])('of a part that has moved %s, a plan that is drawn anew has the keys of what stands, and nothing differs', (_times, stands) => {
  const again = asStanding(planDeployment({ ...there, standing: asDrawn(stands) }), stands);
  expect(new Set(keys(again.resources))).toEqual(new Set(keys(stands.resources)));
  const { added, removed, changed, nodes } = differenceOf(stands, keepStanding(stands, again, again));
  expect({ added, removed, changed, nodes }).toEqual({
    added: { resources: [], nodes: [] },
    removed: { resources: [], nodes: [] },
    changed: [],
    nodes: [],
  });
  expect(new Set(keys(asDrawn(stands).resources))).toEqual(new Set(keys(drawn.resources)));
});

it('what is asked to be another is another in the part that has moved as well', () => {
  const again = (inputs: Record<string, unknown>) =>
    asStanding(planDeployment({ ...there, standing: asDrawn(once), request: { ...there.request, inputs } }), once);
  const plan = keepStanding(once, again(there.request.inputs), again({ ...there.request.inputs, allowed_cidr: '192.0.2.0/24' }));
  expect(differenceOf(once, plan)).toMatchObject({
    added: { resources: [] },
    removed: { resources: [] },
    changed: [
      { key: 'sg-europe', fields: ['rules'], effect: 'none' },
      { key: 'sg-america_2', fields: ['rules'], effect: 'none' },
    ],
  });
});

it('a site whose name ends as a mark does not make its part one that has moved', () => {
  const site = { ...asia, id: 'asia_2' };
  const stands = planDeployment({
    ...there,
    sites: { europe, asia_2: site },
    facts: { ...input.facts, 'asia_2/research': americaFacts },
    request: { ...there.request, placement: { ...placement, america: { ...placement.america, site: 'asia_2' } } },
  });
  expect(keys(stands.resources)).toContain('network-asia_2');
  expect(asDrawn(stands)).toEqual(stands);
});
