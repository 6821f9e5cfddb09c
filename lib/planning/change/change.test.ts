import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { editsOf } from '@/lib/deploying/ledger/plans/edits';
import { builtIn, planningInput } from '../fixtures/plan';
import { planDeployment } from '../plan';
import type { Plan, PlannedResource } from '../types';
import { differenceOf } from './difference';
import { effectsOf, worst } from './effect';
import { keepStanding } from './keep-standing';
import { changedRequest } from './wish';

const slurm = builtIn.recipe('slurm');
const input = planningInput(slurm, { worker_count: 3 });
const stands = planDeployment(input);
const planned = (inputs: Record<string, unknown>, numbers?: Record<string, number[]>) =>
  planDeployment({ ...input, standing: stands, request: { ...input.request, inputs: { worker_count: 3, ...inputs }, numbers } });

describe('what differs between two plans', () => {
  it('a plan does not differ from itself', () => {
    const nothing = { added: { resources: [], nodes: [] }, removed: { resources: [], nodes: [] }, changed: [], nodes: [] };
    expect(differenceOf(stands, structuredClone(stands))).toEqual(nothing);
  });

  it('with more workers, those that stand do nothing again; the controller runs what depends on who is there', () => {
    const { added, removed, changed, nodes } = differenceOf(stands, planned({ worker_count: 5 }));
    expect(added.nodes).toEqual(['workers-4', 'workers-5']);
    expect(removed.nodes).toEqual([]);
    expect(changed).toEqual([]);
    expect(nodes).toEqual([{ key: 'controller', steps: ['home_server.configure', 'slurm_controller.configure', 'proof.configure'] }]);
  });

  it.each([
    ['a rule more', { allowed_cidr: '0.0.0.0/0,192.0.2.0/24' }, 'sg-controller', 'none'],
    ['a rule less', { allowed_cidr: '192.0.2.0/24' }, 'sg-controller', 'none'],
    ['more memory for each worker', { worker_memory: '8 GiB' }, 'server-workers-1', 'recreate'],
  ])('%s', (_name, inputs, key, effect) => {
    const { changed } = differenceOf(stands, planned(inputs));
    expect(changed.find((each) => each.key === key)?.effect).toBe(effect);
  });
});

it('who may come in matters to a node that is guarded by its own firewall, though none of its steps is another', () => {
  const [first, ...others] = stands.nodes;
  if (!first) throw new Error('the plan has no node');
  const rule = { direction: 'ingress', protocol: 'tcp', fromPort: 22, toPort: 22, cidr: '0.0.0.0/0', why: 'SSH' } as const;
  const metal = (cidr: string): Plan => ({ ...stands, nodes: [{ ...first, firewall: [{ ...rule, cidr }] }, ...others] });
  expect(differenceOf(metal('0.0.0.0/0'), metal('192.0.2.0/24'))).toMatchObject({
    changed: [],
    nodes: [{ key: first.key, steps: [], firewall: true }],
  });
});

describe('what is asked for', () => {
  const asked = (wish: Parameters<typeof changedRequest>[3]) => {
    const { request, leaving, fields } = changedRequest(slurm, stands, input.request, wish);
    return { numbers: request.numbers?.workers, count: request.inputs.worker_count, leaving: leaving.map(({ key }) => key), fields };
  };
  test.each([
    ['more: the next numbers', { groups: { workers: { count: 5 } } }, [1, 2, 3, 4, 5], []],
    ['fewer: the last go', { groups: { workers: { count: 1 } } }, [1], ['workers-2', 'workers-3']],
    ['one that is chosen goes', { removeNodes: ['workers-2'] }, [1, 3], ['workers-2']],
    ['a chosen one, and the last', { removeNodes: ['workers-1'], groups: { workers: { count: 1 } } }, [2], ['workers-1', 'workers-3']],
    [
      'another in its place: its number is not had at once',
      { removeNodes: ['workers-1'], groups: { workers: { count: 3 } } },
      [2, 3, 4],
      ['workers-1'],
    ],
    ['the input counts as well', { inputs: { worker_count: 2 } }, [1, 2], ['workers-3']],
  ])('%s', (_name, wish, numbers, leaving) => {
    expect(asked(wish)).toEqual({ numbers, count: numbers.length, leaving, fields: [] });
  });

  test.each([
    ['a group that is not there', { groups: { gpus: { count: 1 } } }, 'groups.gpus'],
    ['a group of a fixed number', { groups: { controller: { count: 2 } } }, 'groups.controller'],
    ['a node that is not there', { removeNodes: ['workers-1', 'workers-9'] }, 'removeNodes.1'],
    ['a node of a fixed number', { removeNodes: ['controller'] }, 'removeNodes.0'],
    ['a secret', { inputs: { munge_key: 'another' } }, 'inputs.munge_key'],
  ])('%s is refused by its field, and nothing is changed', (_name, wish, path) => {
    const { fields, ...rest } = asked(wish);
    expect(fields.map((field) => field.path)).toEqual([path]);
    expect(rest).toMatchObject({ leaving: [], count: 3 });
  });

  test.each([
    ['by the input', { inputs: { broker_count: 3 } }, ['inputs.broker_count']],
    ['by the number of the group', { groups: { brokers: { count: 3 } } }, ['groups.brokers.count']],
    ['by one that goes', { groups: {}, removeNodes: ['brokers-1'] }, ['inputs.broker_count']],
    ['not at all, where the answer is the same', { inputs: { broker_count: 1 } }, []],
  ])('what a recipe says is fixed is not answered otherwise: %s', (_name, wish, paths) => {
    const kafka = builtIn.recipe('kafka');
    const { request } = planningInput(kafka, {});
    const { fields, ...rest } = changedRequest(kafka, planDeployment(planningInput(kafka, {})), request, wish);
    expect(fields.map(({ path }) => path)).toEqual(paths);
    expect(rest.leaving).toEqual([]);
    expect(rest.request.inputs.broker_count ?? 1).toBe(1);
  });

  test('nodes keep their keys, addresses and names, whoever else comes and goes', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(numbers, numbers, (one, other) => {
        const [a, b] = [one, other].map((workers) => planned({ worker_count: workers.length }, { workers }));
        if (!a || !b) throw new Error('two plans');
        const was = new Map(a.nodes.map(({ key, hostname, index }) => [key, { hostname, index }]));
        for (const { key, hostname, index } of b.nodes) if (was.has(key)) expect({ hostname, index }).toEqual(was.get(key));
        expect(differenceOf(a, b).changed).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});

describe('what stays as it stands', () => {
  it('what is otherwise at the site today changes nothing that stands, and is had by what is new', () => {
    const drifted = (plan: Plan, image: string): Plan => ({
      ...plan,
      resources: plan.resources.map((each) => (each.spec.kind === 'server' ? { ...each, spec: { ...each.spec, imageId: image } } : each)),
      nodes: plan.nodes.map((node) => ({ ...node, steps: node.steps.map((step) => ({ ...step, script: `${step.script}\n# newer` })) })),
    });
    const kept = keepStanding(stands, drifted(stands, 'new'), drifted(planned({ worker_count: 4 }), 'new'));
    const imageOf = (key: string) => {
      const spec = kept.resources.find((each) => each.key === key)?.spec;
      return spec?.kind === 'server' ? spec.imageId : undefined;
    };
    expect(differenceOf(stands, kept).changed).toEqual([]);
    expect([imageOf('server-workers-1'), imageOf('server-workers-4')]).toEqual([imageOf('server-workers-2'), 'new']);
    expect(kept.nodes.find(({ key }) => key === 'workers-1')?.steps).toEqual(stands.nodes.find(({ key }) => key === 'workers-1')?.steps);
  });

  it('nothing that stands keeps what goes: the controller waited for the addresses of workers when it was made', () => {
    const kept = keepStanding(stands, planned({}), planned({ worker_count: 1 }));
    const keys = kept.resources.map(({ key }) => key);
    expect(stands.resources.find(({ key }) => key === 'server-controller')?.dependsOn).toContain('port-workers-3');
    expect(kept.resources.flatMap(({ dependsOn }) => dependsOn).filter((key) => !keys.includes(key))).toEqual([]);
    expect(kept.resources.find(({ key }) => key === 'server-controller')?.dependsOn).toContain('port-workers-1');
  });

  it('nothing is asked for: nothing differs', () => {
    expect(differenceOf(stands, keepStanding(stands, planned({}), planned({}))).nodes).toEqual([]);
  });
});

describe('what a change does', () => {
  const effectOf = (inputs: Record<string, unknown>) => {
    const is = { ...input.request, inputs: { worker_count: 3, ...inputs } };
    return worst(effectsOf(slurm, differenceOf(stands, planned(inputs)), [input.request, is], stands).map(({ effect }) => effect));
  };
  test.each([
    ['nothing', {}, 'none'],
    ['more workers', { worker_count: 4 }, 'reload'],
    ['fewer workers', { worker_count: 2 }, 'reload'],
    ['another name of the queue', { partition: 'long' }, 'reload'],
    ['larger workers', { worker_memory: '8 GiB' }, 'recreate'],
    ['what the recipe does not say: the worst', { shared_home: 'none' }, 'data-lost'],
    ['fewer workers with homes of their own', { worker_count: 2, shared_home: 'none' }, 'data-lost'],
  ])('%s', (_name, inputs, effect) => expect(effectOf(inputs)).toBe(effect));
});

test('the edits of a difference make of the rows of one plan those of the other', () => {
  const rowsOf = (resources: readonly PlannedResource[]) =>
    resources.map(({ key, spec, dependsOn, summary }) => ({
      key,
      spec,
      depends_on: dependsOn,
      summary,
      wanted: 'present' as const,
      phase: 'ready' as const,
    }));
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(numbers, numbers, (one, other) => {
      const [a, b] = [one, other].map((workers) => planned({ worker_count: workers.length }, { workers }));
      if (!a || !b) throw new Error('two plans');
      const rows = new Map(rowsOf(a.resources).map((row) => [row.key, row]));
      expect(editsOf([...rows.values()], a.resources)).toEqual([]);
      for (const edit of editsOf([...rows.values()], b.resources)) {
        if (edit.do === 'drop') rows.delete(edit.key);
        else for (const row of rowsOf([edit.planned])) rows.set(row.key, row);
      }
      const byKey = (all: { key: string }[]) => all.toSorted((x, y) => x.key.localeCompare(y.key));
      expect(byKey([...rows.values()])).toEqual(byKey(rowsOf(b.resources)));
    }),
    { numRuns: 15 },
  );
});
