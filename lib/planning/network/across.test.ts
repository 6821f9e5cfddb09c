import { expect, it } from 'vitest';
import { america, americaFacts, europe, europeFacts } from '../fixtures/places';
import { apart, builtIn, planningInput } from '../fixtures/plan';
import { planDeployment } from '../plan';
import type { Plan } from '../types';
import { references } from '../values';

const shores = builtIn.recipe('two-shores');
const guarded = { ...america, features: { ...america.features, securityGroups: true } };
const both = { ...apart(planningInput(shores)), sites: { europe, america: guarded } };
const rules = ({ resources }: Plan) =>
  resources.flatMap(({ key, site, dependsOn, spec }) =>
    spec.kind === 'securityRule' ? [{ key, site, dependsOn, port: spec.fromPort, from: spec.from }] : [],
  );
const servers = ({ resources }: Plan) => resources.filter(({ kind }) => kind === 'server');

it('a port that is open across sites lets in the one address of each node there, once that is known', () => {
  expect(rules(planDeployment(both))).toEqual([
    {
      key: 'rule-europe-answer-from-fip-america',
      site: 'europe',
      dependsOn: ['sg-europe', 'fip-america'],
      port: 8765,
      from: 'fip-america',
    },
    {
      key: 'rule-america-answer-from-fip-europe',
      site: 'america',
      dependsOn: ['sg-america', 'fip-europe'],
      port: 8765,
      from: 'fip-europe',
    },
  ]);
});

it('nodes without a public address are let in by that of their router, which is said once', () => {
  const groups = shores.groups.map((group) =>
    group.name === 'america'
      ? { ...group, node: { ...group.node, capabilities: new Map(group.node.capabilities).set('endpoint', new Map()) } }
      : group,
  );
  const { problems, ...plan } = planDeployment({ ...both, recipe: { ...shores, groups } });
  expect(rules({ ...plan, problems }).map(({ from }) => from)).toEqual(['router-america']);
  // and nobody at the other site can reach them
  expect(problems).toMatchObject([{ severity: 'error', field: 'placement.america.site' }]);
});

it('a server waits for nothing of the other site, so that it stands though that fails', () => {
  const plan = planDeployment(both);
  const at = new Map(plan.resources.map(({ key, site }) => [key, site]));
  for (const { site, dependsOn } of servers(plan)) expect(dependsOn.map((key) => at.get(key))).toEqual(dependsOn.map(() => site));
});

it('a step names the other side by its public address, and one beside it by its private one', () => {
  const named = (plan: Plan) =>
    plan.nodes.flatMap(({ steps }) => steps.flatMap(({ env }) => [...references(env.OTHER ?? '')].map((value) => JSON.stringify(value))));
  expect(named(planDeployment(both))).toEqual(['{"address":"public","node":"america"}', '{"address":"public","node":"europe"}']);
  expect(named(planDeployment(planningInput(shores)))).toEqual([
    '{"address":"private","node":"america"}',
    '{"address":"private","node":"europe"}',
  ]);
});

it('at one site there is nothing to let in from elsewhere', () => {
  expect(rules(planDeployment(planningInput(shores)))).toEqual([]);
});

it('where no security group guards a node, a step opens its own firewall before it asks the other side', () => {
  const { nodes } = planDeployment(apart(planningInput(shores)));
  const steps = nodes.find(({ key }) => key === 'america')?.steps ?? [];
  expect(steps.map(({ name }) => name)).toEqual(['america_answers.configure', 'transat.across', 'america_meets.configure']);
  expect(steps[1]?.env).toEqual({ FROM: { join: [{ address: 'outgoing', node: 'europe' }], separator: '\n' }, PORTS: '8765/tcp' });
});

it('from a network that hides the way out, nobody is let in, and the plan says so', () => {
  const input = planningInput(shores, {}, 'europe');
  const { groups } = shores;
  const shut = groups.map((group) =>
    group.name === 'america'
      ? { ...group, node: { ...group.node, capabilities: new Map(group.node.capabilities).set('endpoint', new Map()) } }
      : group,
  );
  const placement = { ...apart(input).request.placement };
  placement.america = { site: 'america', project: 'research', credential: 'c', network: 'sharednet1' };
  const plan = planDeployment({
    ...both,
    recipe: { ...shores, groups: shut },
    facts: { 'europe/research': europeFacts, 'america/research': americaFacts },
    request: { ...input.request, placement },
  });
  expect(rules(plan)).toEqual([]);
  expect(plan.problems.map(({ detail }) => detail)).toContainEqual(
    expect.stringMatching(/^From which address Machine in America come out of America is not known/),
  );
});

it('parts that must be apart are refused at one site', () => {
  const sets = shores.detail.sets.map((set) => ({ ...set, apart: true }));
  const recipe = { ...shores, detail: { ...shores.detail, sets } };
  expect(planDeployment({ ...planningInput(shores), recipe }).problems).toMatchObject([
    { field: 'placement.america.site', severity: 'error' },
  ]);
  expect(planDeployment({ ...both, recipe }).problems).toEqual([]);
});
