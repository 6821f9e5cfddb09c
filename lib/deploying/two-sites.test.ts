import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { shortId } from '@/lib/core/ids';
import { keepStanding } from '@/lib/planning/change/keep-standing';
import { asDrawn, asStanding } from '@/lib/planning/change/marks';
import { america, americaFacts, europe } from '@/lib/planning/fixtures/places';
import { apart, builtIn, planningInput } from '@/lib/planning/fixtures/plan';
import { planDeployment } from '@/lib/planning/plan';
import type { Plan } from '@/lib/planning/types';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { loadVersion } from './ledger/plans/versions';
import { sidesOf } from './ledger/state/sides';
import { carryMove } from './requests/carry-move';
import { requestAction } from './requests/request-action';
import { beginChange } from './requests/update/begin';
import { proposalFor } from './testing/changed-plan';
import { FakeCloud } from './testing/fake-cloud';
import { World } from './testing/world';

let store: Store;
let world: World;
let there: FakeCloud;
let asia: FakeCloud;
let reachable: boolean;
/** which of them is which site */
let at: Record<string, FakeCloud>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(() => {
  world = new World(store);
  there = new FakeCloud(world.clock, 'america');
  asia = new FakeCloud(world.clock, 'asia');
  reachable = true;
  at = { europe: world.cloud, america: there, asia };
  world.silent = new Set(['europe', 'america']);
  world.ports.openCloud = async (_userId, { site }) => {
    const cloud = at[site];
    if (cloud && (site !== 'america' || reachable)) return cloud.cloud();
    throw new AppError({ code: 'session-expired', title: 'Your sign-in at America has ended' });
  };
});

const guarded = { ...america, features: { ...america.features, securityGroups: true } };
const plan = planDeployment({ ...apart(planningInput(builtIn.recipe('two-shores'))), sites: { europe, america: guarded } });

async function sides(id: string) {
  const { deployment, resources, nodes } = await world.ledger(id);
  return sidesOf(deployment.plan, resources, nodes).map(
    ({ set, state, problem }) => `${set} ${state}${problem ? `: ${problem.title}` : ''}`,
  );
}
const phases = async (id: string, site: string) =>
  Object.groupBy(
    (await world.ledger(id)).resources.filter((resource) => resource.site === site),
    ({ phase }) => phase,
  );
const serverAt = async (id: string, site: string) =>
  (await world.ledger(id)).resources.find(({ kind, ...it }) => kind === 'server' && it.site === site)?.phase;
/** Who is let in across, by what the cloud itself has. */
const letIn = (cloud: FakeCloud) =>
  cloud
    .ofKind('securityGroup')
    .flatMap(({ rules }) =>
      (Array.isArray(rules) ? rules : []).map((text) => JSON.parse(String(text)).cidr).filter((cidr) => cidr?.endsWith('/32')),
    );
const addressOf = async (id: string, key: string) => (await world.ledger(id)).nodes.find((node) => node.key === key)?.public_address;

test('over two sites each lets in exactly the other’s address, and a deletion leaves nothing at either', async () => {
  const id = await world.deploy(plan);
  await world.settle(id, 60);
  expect(letIn(world.cloud)).toEqual([`${await addressOf(id, 'america')}/32`]);
  expect(letIn(there)).toEqual([`${await addressOf(id, 'europe')}/32`]);
  await requestAction(world.ports, id, { action: 'delete' });
  expect(await world.settle(id)).toBe('deleted');
  expect([...world.cloud.ours(shortId(id)), ...there.ours(shortId(id))]).toEqual([]);
});

test('a site that refuses leaves the other standing, which waits with the step that needs it; a retry goes on with the one that failed', async () => {
  there.faults = (call) => (call === 'createFloatingIp' ? 'quota' : undefined);
  const id = await world.deploy(plan);
  expect(await world.settle(id, 60)).toBe('degraded');
  expect(await serverAt(id, 'europe')).toBe('ready');
  expect(await serverAt(id, 'america')).toBe('planned');
  expect(letIn(world.cloud)).toEqual([]);
  expect((await sides(id)).at(-1)).toMatch(/^america failed: /);

  const agent = await world.agentOf(id, 'europe');
  await agent?.introduce();
  expect((await agent?.bundle())?.steps.map(({ name }) => name)).toEqual(['europe_answers.configure']);

  const before = world.cloud.calls.get('createServer');
  there.faults = () => undefined;
  await requestAction(world.ports, id, { action: 'retry' });
  await world.settle(id, 60);
  expect(await serverAt(id, 'america')).toBe('ready');
  expect(world.cloud.calls.get('createServer')).toBe(before);
  expect(letIn(world.cloud)).toEqual([`${await addressOf(id, 'america')}/32`]);
  expect((await agent?.bundle(1))?.steps.map(({ name }) => name)).toEqual(['europe_answers.configure', 'europe_meets.configure']);
});

test('a site that can’t be reached at all leaves the other standing, and so does one that goes while all is deleted', async () => {
  reachable = false;
  const id = await world.deploy(plan);
  expect(await world.settle(id, 600)).toBe('degraded');
  expect(Object.keys(await phases(id, 'europe'))).toEqual(expect.arrayContaining(['ready']));
  expect(await serverAt(id, 'europe')).toBe('ready');
  expect(await sides(id)).toEqual([expect.stringMatching(/^europe/), 'america failed: Your sign-in at America has ended']);

  reachable = true;
  await requestAction(world.ports, id, { action: 'retry' });
  await world.settle(id, 60);
  expect(await serverAt(id, 'america')).toBe('ready');
  reachable = false;
  await requestAction(world.ports, id, { action: 'delete' });
  expect(await world.settle(id)).toBe('failed');
  expect(world.cloud.ours(shortId(id))).toEqual([]);
  expect(there.ours(shortId(id))).not.toEqual([]);
  reachable = true;
  await requestAction(world.ports, id, { action: 'delete' });
  expect(await world.settle(id)).toBe('deleted');
  expect(there.ours(shortId(id))).toEqual([]);
});

test('a floating IP that is another now is let in in the place of the one before', async () => {
  const id = await world.deploy(plan);
  await world.settle(id, 60);
  const [before] = letIn(world.cloud);
  await store.db
    .updateTable('resources')
    .set(({ eb }) => ({ observed: JSON.stringify({ address: '192.0.2.250' }), version: eb('version', '+', 1) }))
    .where('deployment_id', '=', id)
    .where('key', '=', 'fip-america')
    .execute();
  await world.settle(id, 60);
  expect(letIn(world.cloud)).toEqual(['192.0.2.250/32']);
  expect(before).not.toBe('192.0.2.250/32');
});

const inAsia = { site: 'asia', project: 'research', credential: 'c' };
const input = apart(planningInput(builtIn.recipe('two-shores')));
const afar = {
  ...input,
  sites: { europe, asia: { ...guarded, id: 'asia', name: 'Asia' } },
  facts: { ...input.facts, 'asia/research': americaFacts },
  request: { ...input.request, placement: { ...input.request.placement, america: inAsia } },
};
const drawn = planDeployment(afar);
const move = (id: string, placement = { america: inAsia }, revision = 1) =>
  carryMove(world.ports, id, { set: 'america', placement }, { plan: drawn, placement, revision, userId: 'u1' });

test('a part that failed is made at another site; the one that stands is left alone, lets the new address in, and asks again', async () => {
  const id = await world.deploy(plan);
  await world.settle(id, 60);
  const agent = await world.agentOf(id, 'europe');
  await agent?.introduce();
  const at = world.clock.now().toISOString();
  const done = ['europe_answers.configure', 'europe_meets.configure'].flatMap((step, index) => [
    { seq: 2 * index + 1, at, type: 'step-started' as const, step, attempt: 1 },
    { seq: 2 * index + 2, at, type: 'step-ended' as const, step, attempt: 1, exitCode: 0, seconds: 1, again: false },
  ]);
  await agent?.say([...done, { seq: 5, at, type: 'finished', ok: true }]);
  await expect(move(id)).rejects.toMatchObject({ code: 'conflict', detail: 'Nothing of it has failed.' });

  const made = world.cloud.calls.get('createServer');
  for (const thing of there.ofKind('server')) there.things.delete(thing.id);
  there.faults = (call) => (call === 'createServer' ? 'quota' : undefined);
  world.clock.advance(60_000);
  await world.pass(id, true);
  await world.settle(id, 60);
  expect((await sides(id)).at(-1)).toMatch(/^america failed/);

  await expect(move(id, { america: { ...inAsia, site: 'europe' } })).rejects.toMatchObject({ detail: 'Another part stands at that site.' });
  const rival = { ...plan, resources: plan.resources.map((each) => ({ ...each, site: 'asia', project: 'research' })) };
  await world.deploy(rival);
  world.ports.limits = { nodesPerProject: 2 };
  await expect(move(id)).rejects.toMatchObject({ code: 'quota-exceeded', detail: expect.stringContaining('At asia this one has 2') });
  world.ports.limits = {};
  await move(id);
  await world.settle(id, 120);
  expect(there.ours(shortId(id))).toEqual([]);
  expect(await serverAt(id, 'asia')).toBe('ready');
  expect(world.cloud.calls.get('createServer')).toBe(made);
  expect(letIn(world.cloud)).toEqual([`${await addressOf(id, 'america')}/32`]);
  expect(letIn(asia)).toEqual([`${await addressOf(id, 'europe')}/32`]);
  const { nodes, deployment } = await world.ledger(id);
  expect(deployment.sites).toEqual(['europe', 'asia']);
  expect(deployment).toMatchObject({ revision: 2, updating: null });
  expect(await loadVersion(store.db, id, 2)).toMatchObject({ user_id: 'u1', plan: null, change: { effect: 'data-lost' } });
  expect(nodes.find(({ key }) => key === 'europe')).toMatchObject({ state: 'configuring', run_from: 'europe_meets.configure' });
  expect(await agent?.say([])).toEqual({ from: 'europe_meets.configure', number: 1, ends: true });
  expect((await agent?.bundle())?.steps.at(-1)?.env.OTHER).toBe(await addressOf(id, 'america'));

  await requestAction(world.ports, id, { action: 'delete' });
  expect(await world.settle(id)).toBe('deleted');
  expect([...world.cloud.ours(shortId(id)), ...asia.ours(shortId(id))]).toEqual([]);
});

/** A deployment whose part in America has failed half-way. */
async function halfMade(): Promise<string> {
  const { america: failing = there } = at;
  failing.faults = (call) => (call === 'createServer' ? 'quota' : undefined);
  const id = await world.deploy(plan);
  await world.settle(id, 30);
  expect((await sides(id)).at(-1)).toMatch(/^america failed/);
  failing.faults = () => undefined;
  return id;
}

test('a part that was drawn from what the deployment is no more stays, and what else was asked for since is kept', async () => {
  const id = await halfMade();
  await expect(move(id, undefined, 0)).rejects.toMatchObject({ code: 'conflict', detail: 'Somebody changed this deployment meanwhile.' });
  expect((await world.ledger(id)).deployment).toMatchObject({ revision: 1, sites: ['europe', 'america'] });
  const placement = { europe: { site: 'europe', credential: 'of-now' } };
  await store.db
    .updateTable('deployments')
    .set({ request: JSON.stringify({ placement }) })
    .where('id', '=', id)
    .execute();
  await move(id);
  expect((await world.ledger(id)).deployment.request).toEqual({ placement: { ...placement, america: inAsia } });
});

test.each([
  ['at the site that it leaves', 'america', ['deleteFloatingIp', 'deletePort', 'deleteSecurityGroup']],
  ['at the site that it goes to', 'asia', ['createPort', 'createFloatingIp', 'createServer', 'createSecurityGroupRule']],
  ['at the site that stands', 'europe', ['deleteSecurityGroupRule', 'createSecurityGroupRule']],
])('a worker that is killed in the middle of a move leaves nothing twice and nothing behind: %s', async (_name, site, calls) => {
  const others = ['europe', 'america', 'asia'].filter((each) => each !== site);
  at = { [site]: world.cloud, [others[0] ?? '']: there, [others[1] ?? '']: asia };
  const id = await halfMade();
  const killed = new Map<string, number>();
  world.cloud.faults = (call) => {
    const times = killed.get(call) ?? 0;
    if (!calls.includes(call) || times > 0) return undefined;
    killed.set(call, times + 1);
    return 'kill';
  };
  await move(id);
  await world.settle(id, 120);
  expect([...killed.keys()].sort()).toEqual(calls.toSorted());
  expect(at.america?.ours(shortId(id))).toEqual([]);
  const names = at.asia?.ours(shortId(id)).map(({ name }) => name) ?? [];
  expect(names).toHaveLength(new Set(names).size);
  expect(await serverAt(id, 'asia')).toBe('ready');
  expect([at.europe, at.asia].map((cloud) => cloud && letIn(cloud))).toEqual([
    [`${await addressOf(id, 'america')}/32`],
    [`${await addressOf(id, 'europe')}/32`],
  ]);
});

test('a part that has moved is changed as any other, where it is now', async () => {
  // nodes are heard from machines of one cloud
  at = { ...at, asia: world.cloud };
  const id = await halfMade();
  world.silent = new Set();
  await move(id);
  expect(await world.settle(id)).toBe('ready');
  const { deployment } = await world.ledger(id);
  const rules = (stands: Plan): Plan => ({
    ...stands,
    resources: stands.resources.map((each) =>
      each.spec.kind === 'securityGroup'
        ? {
            ...each,
            spec: {
              ...each.spec,
              rules: each.spec.rules.map((rule) => ({ ...rule, cidr: rule.fromPort === 22 ? '198.51.100.0/24' : rule.cidr })),
            },
          }
        : each,
    ),
  });
  const stands = deployment.plan;
  const today = asStanding(planDeployment({ ...afar, standing: asDrawn(stands) }), stands);
  const proposal = proposalFor(stands, keepStanding(stands, today, rules(today)));
  await beginChange(world.ports, id, proposal, { by: { id: 'u1', name: 'Ada' }, revision: 2 });
  const before = world.cloud.calls.get('createServer');
  expect(await world.settle(id)).toBe('ready');
  expect((await world.ledger(id)).deployment).toMatchObject({ revision: 3, updating: null });
  expect(world.cloud.calls.get('createServer')).toBe(before);
  const ssh = world.cloud
    .ofKind('securityGroup')
    .flatMap(({ rules: all }) => (Array.isArray(all) ? all : []).map((text) => JSON.parse(String(text))));
  expect(new Set(ssh.filter(({ fromPort }) => fromPort === 22).map(({ cidr }) => cidr))).toEqual(new Set(['198.51.100.0/24']));
});
