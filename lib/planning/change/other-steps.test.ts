import { expect, test } from 'vitest';
import { builtIn, planningInput } from '../fixtures/plan';
import { planDeployment } from '../plan';
import type { Plan } from '../types';
import { otherSteps } from './other-steps';

const slurm = builtIn.recipe('slurm');
const planned = (count: number): Plan => planDeployment(planningInput(slurm, { worker_count: count }));
/** As if it had been set up by a playbook alone. */
const byPlaybook = (plan: Plan): Plan => ({
  ...plan,
  nodes: plan.nodes.map((node) => ({ ...node, steps: node.steps.slice(0, 1).map((step) => ({ ...step, name: 'front.configure' })) })),
});
const [one, two] = [planned(1), planned(2)];
const controller = (plan: Plan, from: Plan): Plan => ({
  ...plan,
  nodes: plan.nodes.map((node) => from.nodes.find(({ key, group }) => key === node.key && group === 'controller') ?? node),
});

test('nothing is said where nodes have run what the recipe has, whoever comes', () => {
  expect([otherSteps(one, one, two), otherSteps(two, two, one)]).toEqual([[], []]);
});

test('nothing is said where nobody runs the others: all that stays runs what it did', () => {
  expect(otherSteps(byPlaybook(one), one, byPlaybook(one))).toEqual([]);
});

test.each<[string, Plan]>([
  [
    'a node comes that runs them',
    { ...two, nodes: two.nodes.map((node) => byPlaybook(one).nodes.find(({ key }) => key === node.key) ?? node) },
  ],
  ['one that stays runs one of them', controller(byPlaybook(one), one)],
])('where %s, it is said which, and what to do', (_, after) => {
  const [said, ...more] = otherSteps(byPlaybook(one), one, after);
  expect(said).toMatchObject({ severity: 'warning', title: 'The recipe sets this up by other steps than when it was deployed' });
  expect(said?.detail).toContain(one.nodes[0]?.steps[0]?.title);
  expect(said?.detail).toMatch(/, …\. Of them/);
  expect(more).toEqual([]);
});
