import { expect, it } from 'vitest';
import type { PlanningInput } from './draft';
import { europe } from './fixtures/places';
import { builtIn, planningInput } from './fixtures/plan';
import { planDeployment } from './plan';
import type { Plan, ResourceSpec } from './types';

const slurm = builtIn.recipe('slurm');
const machine = builtIn.recipe('virtual-machine');

const spec = <K extends ResourceSpec['kind']>(plan: Plan, key: string, kind: K) => {
  const found = plan.resources.find((resource) => resource.key === key)?.spec;
  if (found?.kind !== kind) throw new Error(`The plan has no ${kind} ${key}.`);
  return found as ResourceSpec & { kind: K }; // its kind was compared just above
};
const problems = (input: PlanningInput) =>
  planDeployment(input).problems.map(({ code, field, detail }) => `${code} ${field ?? '-'}: ${detail}`);

it('shares a lease that is there between its groups, and takes no more of it than it holds', () => {
  const groups = slurm.groups.map((group) => ({ ...group, placementSet: group.name }));
  const base = planningInput({ ...slurm, groups }, {}, 'america', { lease: 'lease-1' });
  const [controller = { site: 'america' }] = Object.values(base.request.placement);
  const placement = { controller, workers: { ...controller } };
  const holding = (count: number) => ({
    ...base,
    request: { ...base.request, placement },
    reservations: { 'lease-1': { id: 'r', start: '2030-01-01T00:00:00Z', end: '2030-01-02T00:00:00Z', count } },
  });
  const plan = planDeployment(holding(3));
  expect(plan.problems).toEqual([]);
  expect(plan.resources.filter(({ kind }) => kind === 'lease').map(({ key }) => key)).toEqual(['lease-controller']);
  expect(problems(holding(2))).toContainEqual(
    expect.stringMatching(/^invalid-input placement.workers.lease: The lease holds 2 hosts, and 3 nodes are to boot on it\.$/),
  );
});

it('has machines leased on the way, or boots on those of a lease that is there, with no flavor but theirs', () => {
  const sites = { europe: { ...europe, rules: { flavorLeases: true } } };
  const wish = { start: 'now', end: '2030-01-02T00:00:00.000Z', nodeType: 'ignored' };
  const made = planDeployment({ ...planningInput(machine, {}, 'europe', { newLease: wish }), sites });
  expect(made.problems).toEqual([]);
  expect(spec(made, 'lease-machine', 'lease')).toEqual({
    kind: 'lease',
    start: 'now',
    end: wish.end,
    hosts: 1,
    flavorId: 'flavor-tiny',
  });
  expect(spec(made, 'server-machine-1', 'server')).toMatchObject({ lease: 'lease-machine', alternatives: [] });
  const held = { id: 'r', start: '2030-01-01T00:00:00Z', end: '2030-01-02T00:00:00Z', count: 4, flavorId: 'flavor-small' };
  const there = { ...planningInput(machine, {}, 'europe', { lease: 'lease-1' }), reservations: { 'lease-1': held } };
  expect(spec(planDeployment(there), 'lease-machine', 'lease')).toMatchObject({
    flavorId: 'flavor-small',
    hosts: 4,
    held: { reservation: 'r' },
  });
  expect(spec(planDeployment(there), 'server-machine-1', 'server')).toMatchObject({ flavorId: 'flavor-small', lease: 'lease-machine' });
});

it('boots machines of a size of one’s own on their lease, with the flavor that comes with it, and says when a node needs more', () => {
  const held = { id: 'r', start: '2030-01-01T00:00:00Z', end: '2030-01-02T00:00:00Z', count: 1, flavorId: 'r' };
  const plan = (size: { vcpus: number; ramMiB: number; diskGiB: number }) =>
    planDeployment({
      ...planningInput(machine, {}, 'europe', { lease: 'lease-1' }),
      sites: { europe: { ...europe, rules: { flavorLeases: true } } },
      reservations: { 'lease-1': { ...held, size } },
    });
  const good = plan({ vcpus: 2, ramMiB: 4096, diskGiB: 40 });
  expect(good.problems).toEqual([]);
  expect(spec(good, 'lease-machine', 'lease')).toMatchObject({ flavorId: 'r', hosts: 1, held: { id: 'lease-1', reservation: 'r' } });
  expect(spec(good, 'server-machine-1', 'server')).toMatchObject({ flavorId: 'r', lease: 'lease-machine', alternatives: [] });
  expect(plan({ vcpus: 2, ramMiB: 64, diskGiB: 40 }).problems.map(({ code }) => code)).toEqual(['flavor-not-found']);
});
