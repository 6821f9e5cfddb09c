import { describe, expect, test } from 'vitest';
import { builtIn, planningInput } from '../fixtures/plan';
import { planDeployment } from '../plan';
import type { Plan, PlannedNode, PlannedOutput, PlannedResource } from '../types';
import { keepStanding } from './keep-standing';

const plan = planDeployment(planningInput(builtIn.recipe('virtual-machine')));
const [node] = plan.nodes;
const resources = (change: (each: PlannedResource) => Partial<PlannedResource>, of: Plan = plan): Plan => ({
  ...of,
  resources: of.resources.map((each) => ({ ...each, ...change(each) })),
});
const server = (about: object, site = 'europe') =>
  resources((each) => (each.spec.kind === 'server' ? { site, summary: JSON.stringify(about), spec: { ...each.spec, ...about } } : {}));
const nodes = (about: Partial<PlannedNode>): Plan => ({ ...plan, nodes: plan.nodes.map((each) => ({ ...each, ...about })) });
const steps = (...texts: string[]): Plan => {
  const [step] = node?.steps ?? [];
  if (!step) throw new Error('no step');
  return nodes({ steps: texts.map((text) => ({ ...step, name: text[0] ?? '', script: text })) });
};
const serverOf = ({ resources: all }: Plan) => all.find(({ kind }) => kind === 'server');

describe('a resource that stands', () => {
  test.each<[what: string, old: object, today: object, wanted: object, kept: object]>([
    ['stays though the site has another image today', { imageId: 'a' }, { imageId: 'b' }, { imageId: 'b' }, { imageId: 'a' }],
    ['is what is asked for', { imageId: 'a' }, { imageId: 'a' }, { imageId: 'b' }, { imageId: 'b' }],
    [
      'is asked for by one field, and stays by others',
      { imageId: 'a', flavorId: 'x' },
      { imageId: 'b', flavorId: 'y' },
      { imageId: 'b', flavorId: 'z' },
      { imageId: 'a', flavorId: 'z' },
    ],
    ['gets a field that is asked for', {}, {}, { lease: 'l' }, { lease: 'l' }],
  ])('%s', (_, old, today, wanted, kept) => {
    const result = serverOf(keepStanding(server(old), server(today), server(wanted)));
    expect(result?.spec).toMatchObject(kept);
  });

  test('loses a field that is not asked for any more', () => {
    const result = serverOf(keepStanding(server({ lease: 'l' }), server({ lease: 'l' }), server({})));
    expect(result?.spec).not.toHaveProperty('lease');
  });

  test('keeps a field that nobody knows today', () => {
    const result = serverOf(keepStanding(server({ lease: 'l' }), server({}), server({})));
    expect(result?.spec).toMatchObject({ lease: 'l' });
  });

  test('stays where it is, and is described as it is', () => {
    const result = serverOf(
      keepStanding(server({ imageId: 'a' }, 'old'), server({ imageId: 'b' }, 'new'), server({ imageId: 'b' }, 'new')),
    );
    expect(result).toMatchObject({ site: 'old', summary: '{"imageId":"a"}' });
    const other = serverOf(keepStanding(server({ imageId: 'a' }, 'old'), server({ imageId: 'b' }, 'new'), server({ imageId: 'c' }, 'new')));
    expect(other).toMatchObject({ site: 'old', summary: '{"imageId":"c"}' });
  });

  test('waits for what it waited for, as far as that stays', () => {
    const waiting = (...dependsOn: string[]) => resources(({ kind }) => (kind === 'server' ? { dependsOn } : {}));
    const port = plan.resources.find(({ kind }) => kind === 'port')?.key ?? '';
    expect(serverOf(keepStanding(waiting('gone', port), waiting(), waiting()))?.dependsOn).toEqual([port]);
  });

  test('is another where it is of another kind, and new where there was none', () => {
    const volume = resources(({ kind }) => (kind === 'server' ? { spec: { kind: 'volume', sizeGiB: 1 } } : {}));
    expect(serverOf(keepStanding(volume, plan, server({ imageId: 'n' })))?.spec).toMatchObject({ imageId: 'n' });
    expect(serverOf(keepStanding({ ...plan, resources: [] }, plan, server({ imageId: 'n' })))?.spec).toMatchObject({ imageId: 'n' });
  });

  test('is a lease as it was agreed', () => {
    const lease = (hosts: number) =>
      resources(({ kind }) => (kind === 'server' ? { spec: { kind: 'lease', start: 'now', end: '', hosts } } : {}));
    expect(serverOf(keepStanding(lease(1), lease(1), lease(2)))?.spec).toMatchObject({ hosts: 1 });
  });
});

describe('a node that stands', () => {
  const scripts = (kept: Plan) => kept.nodes[0]?.steps.map(({ script }) => script);

  test.each<[what: string, old: string[], today: string[], wanted: string[], kept: string[]]>([
    ['keeps its steps though the recipe has others today', ['a1', 'b1'], ['a2', 'b2'], ['a2', 'b2'], ['a1', 'b1']],
    ['runs those that are asked to be others', ['a1', 'b1'], ['a2', 'b2'], ['a2', 'b3'], ['a1', 'b3']],
    ['gets none that only the recipe of today has', ['a1'], ['a2', 'b2'], ['a2', 'b2'], ['a1']],
    ['gets one that is asked for', ['a1'], ['a2'], ['a2', 'b2'], ['a1', 'b2']],
    ['keeps one that the recipe of today has not', ['a1', 'b1'], ['a2'], ['a2'], ['b1', 'a1']],
    ['loses one that is asked to go', ['a1', 'b1'], ['a2', 'b2'], ['a2'], ['a1']],
  ])('%s', (_, old, today, wanted, kept) => {
    expect(scripts(keepStanding(steps(...old), steps(...today), steps(...wanted)))).toEqual(kept);
  });

  test('is new where there was none, and keeps its name and its way in', () => {
    expect(keepStanding({ ...plan, nodes: [] }, plan, nodes({ hostname: 'new' })).nodes[0]?.hostname).toBe('new');
    expect(keepStanding(nodes({ hostname: 'old' }), nodes({ hostname: 'new' }), nodes({ hostname: 'new' })).nodes[0]?.hostname).toBe('old');
    expect(keepStanding(nodes({ hostname: 'old' }), { ...plan, nodes: [] }, nodes({ hostname: 'new' })).nodes[0]?.hostname).toBe('old');
  });
});

test('outputs, leases and secrets stay but for what is asked for', () => {
  const output = (value: string): PlannedOutput => ({ name: 'o', label: '', kind: 'text', secret: false, value });
  const having = (value: string, more: Partial<Plan> = {}): Plan => ({ ...plan, outputs: [output(value)], ...more });
  expect(keepStanding(having('a'), having('b'), having('b')).outputs).toEqual([output('a')]);
  expect(keepStanding(having('a'), having('b'), having('c')).outputs).toEqual([output('c')]);
  expect(keepStanding({ ...plan, outputs: [] }, having('b'), having('b')).outputs).toEqual([output('b')]);
  const lease = { site: 's', lease: 'l', end: '' };
  const secrets = (...names: string[]): Plan['secrets'] => names.map((name) => ({ name, generate: 'password' }));
  const kept = keepStanding(
    having('a', { leases: [lease], secrets: secrets('x') }),
    plan,
    having('a', { leases: [], secrets: secrets('y', 'x') }),
  );
  expect([kept.leases, kept.secrets]).toEqual([[lease], secrets('x', 'y')]);
});
