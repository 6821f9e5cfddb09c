import { describe, expect, test } from 'vitest';
import { builtIn, planningInput } from '../fixtures/plan';
import { planDeployment } from '../plan';
import type { Plan, PlanProblem, PlanRequest, ResourceSpec } from '../types';
import { type Difference, differenceOf } from './difference';
import { effectsOf, isResized, worst } from './effect';
import { outgrown, resizable, resizedInPlace, sizesOf, withoutFlavors } from './resize';

const slurm = builtIn.recipe('slurm');
const input = planningInput(slurm, { worker_count: 2 });
const stands = planDeployment(input);
const wanted = planDeployment({
  ...input,
  standing: stands,
  request: { ...input.request, inputs: { worker_count: 2, worker_memory: '8 GiB' } },
});
const servers = ['server-workers-1', 'server-workers-2'];
const serverOf = (plan: Plan, change: Partial<Extract<ResourceSpec, { kind: 'server' }>>): Plan => ({
  ...plan,
  resources: plan.resources.map((each) =>
    servers.includes(each.key) && each.spec.kind === 'server' ? { ...each, spec: { ...each.spec, ...change } } : each,
  ),
});
const disks = (old: number | undefined, now: number | undefined) => {
  const flavor = (plan: Plan) =>
    plan.resources.flatMap(({ key, spec }) => (key === servers[0] && spec.kind === 'server' ? [spec.flavorId] : []))[0];
  const sizes = new Map([
    [flavor(stands), old],
    [flavor(wanted), now],
  ]);
  return (_place: object, id: string) => {
    const diskGiB = sizes.get(id);
    return diskGiB === undefined ? undefined : { diskGiB };
  };
};

test.each<[what: string, before: Plan, after: Plan, flavors: ReturnType<typeof disks>, keys: string[]]>([
  ['machines of a flavor with a larger disk', stands, wanted, disks(10, 20), servers],
  ['of one with the same', stands, wanted, disks(20, 20), servers],
  ['not of one with a smaller', stands, wanted, disks(20, 10), []],
  ['not of one without a disk', stands, wanted, disks(0, 0), []],
  [
    'which does not matter where they boot from a volume',
    serverOf(stands, { bootVolumeGiB: 8 }),
    serverOf(wanted, { bootVolumeGiB: 8 }),
    disks(0, 0),
    servers,
  ],
  ['but for one of another size', serverOf(stands, { bootVolumeGiB: 8 }), serverOf(wanted, { bootVolumeGiB: 9 }), disks(0, 0), []],
  ['not of one that the site does not tell any more', stands, wanted, disks(undefined, 20), []],
  ['nor of one that it does not tell yet', stands, wanted, disks(20, undefined), []],
  ['not on a lease', serverOf(stands, { lease: 'lease' }), serverOf(wanted, { lease: 'lease' }), disks(10, 20), []],
  ['nor on a reservation', stands, serverOf(wanted, { reservationId: 'r' }), disks(10, 20), []],
  [
    'not hardware of one’s own',
    stands,
    { ...wanted, nodes: wanted.nodes.map((node) => ({ ...node, bareMetal: true })) },
    disks(10, 20),
    [],
  ],
  ['not what has the same flavor', stands, stands, disks(10, 20), []],
])('another size can be had where they stand: %s', (_what, before, after, flavors, keys) => {
  expect([...resizable(before, after, flavors)]).toEqual(keys);
});

const difference = differenceOf(stands, wanted);
const effectOf = (each: Difference) =>
  worst(
    effectsOf(slurm, each, [input.request, { ...input.request, inputs: { ...input.request.inputs, worker_memory: '8 GiB' } }], stands).map(
      ({ effect }) => effect,
    ),
  );

test('what is resized where it stands takes turns, and nothing is made anew', () => {
  const resized = resizedInPlace(difference, new Set(servers));
  expect(resized.changed.filter(({ kind }) => kind === 'server')).toMatchObject([
    { resized: true, effect: 'rolling' },
    { resized: true, effect: 'rolling' },
  ]);
  expect(isResized(resized)).toBe(true);
  expect(effectOf(resized)).toBe('rolling');
});

test.each([
  ['no machine can be', new Set<string>()],
  ['one of them can’t be', new Set(servers.slice(1))],
])('where %s, the recipe’s own word on the input stands', (_what, keys) => {
  const some = resizedInPlace(difference, keys);
  expect(isResized(some)).toBe(false);
  expect(effectOf(some)).toBe('recreate');
});

test('what changes beside the flavor is made anew', () => {
  const image = differenceOf(stands, serverOf(wanted, { imageId: 'other' }));
  expect(resizedInPlace(image, new Set(servers)).changed.map(({ resized }) => resized)).not.toContain(true);
  const alternatives = differenceOf(stands, serverOf(wanted, { alternatives: [] }));
  expect(isResized(resizedInPlace(alternatives, new Set(servers)))).toBe(true);
});

test('sizes are what machines are asked for by', () => {
  expect([...sizesOf(slurm)].sort()).toEqual([
    'controller_cpus',
    'controller_memory',
    'worker_cpus',
    'worker_disk',
    'worker_gpus',
    'worker_memory',
  ]);
});

describe('a flavor that was chosen for smaller machines', () => {
  const asked = (flavor: string | undefined, inputs: object): PlanRequest => ({
    recipe: 'slurm',
    addOns: [],
    inputs: { worker_memory: '1 GiB', partition: 'main', ...inputs },
    placement: { controller: { site: 'europe', flavor: 'small' }, workers: { site: 'europe', ...(flavor && { flavor }) } },
  });
  const was = asked('small', {});
  const short = (field = 'placement.workers.flavor', code = 'flavor-not-found'): PlanProblem[] => [
    { severity: 'error', code, title: 'No flavor fits', detail: 'Too small.', field } as PlanProblem,
  ];
  const larger = { worker_memory: '8 GiB' };
  test.each<[what: string, is: PlanRequest, problems: PlanProblem[], groups: string[]]>([
    ['is let go of', asked('small', larger), short(), ['workers']],
    ['not where it does', asked('small', larger), [], []],
    ['not where something else is the matter', asked('small', larger), short(undefined, 'image-not-found'), []],
    ['not where that is another group’s', asked('small', larger), short('placement.controller.flavor'), []],
    ['not where another is chosen now', asked('medium', larger), short(), []],
    ['not where none was chosen', asked(undefined, larger), short(), []],
    ['not where nobody asks for another size', asked('small', { partition: 'long' }), short(), []],
  ])('%s', (_what, is, problems, groups) => expect([...outgrown(slurm, was, is, problems)]).toEqual(groups));

  test('and the rest of where a group goes stays', () =>
    expect(withoutFlavors({ a: { site: 'x', flavor: 'f' }, b: { site: 'y', flavor: 'g' } }, new Set(['a']))).toEqual({
      a: { site: 'x' },
      b: { site: 'y', flavor: 'g' },
    }));
});
