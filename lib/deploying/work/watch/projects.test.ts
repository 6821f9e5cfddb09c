import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import type { Site } from '@/lib/sites/types';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { clusterPlan } from '../../testing/fixture-plan';
import { World } from '../../testing/world';
import { watchProjects } from './projects';

let store: Store;
let world: World;
let asked: string[];
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.db.deleteFrom('deployments').execute();
  asked = [];
  world = new World({ ...store, enqueuePass: async (id) => void asked.push(id) });
});

async function ready(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.push(await world.deploy(clusterPlan(1)));
  for (const id of ids) expect(await world.settle(id)).toBe('ready');
  return ids;
}

/** Five minutes later. @returns those over which a pass is asked for */
async function look(minutes = 5): Promise<string[]> {
  asked.length = 0;
  world.clock.advance(minutes * 60_000);
  await watchProjects(world.ports);
  return asked.toSorted();
}

/** Two looks: the first notes who is at rest, the second what is seen of them. */
async function known(count: number): Promise<string[]> {
  const ids = await ready(count);
  expect(await look()).toEqual([]);
  expect(await look()).toEqual(ids.toSorted());
  return ids;
}

const calls = () => Object.fromEntries(world.cloud.calls);
function since(before: Record<string, number>): Record<string, number> {
  const made = Object.entries(calls()).map(([name, count]) => [name, count - (before[name] ?? 0)] as const);
  return Object.fromEntries(made.filter(([, count]) => count > 0));
}

test('what is at rest needs no pass of its own: its project is listed, one call a kind for all that stand in it', async () => {
  const ids = await known(3);
  for (const id of ids) expect(await world.pass(id, true)).toBeNull();
  const before = calls();
  expect(await look()).toEqual([]);
  expect(since(before)).toEqual({
    servers: 1,
    networks: 1,
    subnets: 1,
    routers: 1,
    securityGroups: 1,
    ports: 1,
    floatingIps: 1,
    volumes: 1,
  });
});

test('what somebody has done at a site has its deployment looked at, once, others not', async () => {
  const [first = '', second = ''] = await known(2);
  const server = (id: string) =>
    world.cloud.ours(id.slice(4, 12)).find(({ kind, name }) => kind === 'server' && name.endsWith('front'))?.id ?? '';
  await world.cloud.cloud().compute.stopServer(server(first));
  expect(await look()).toEqual([first]);
  await world.pass(first, true);
  expect(await world.state(first)).toBe('degraded');
  expect(await look()).toEqual([]);
  await world.cloud.cloud().compute.deleteServer(server(second));
  expect(await look()).toEqual([second]);
  await world.pass(second, true);
  expect(await world.state(second)).toBe('degraded');
});

test('a list that could not be had says nothing', async () => {
  const [id = ''] = await known(1);
  world.cloud.faults = (call) => (call === 'servers' ? 'refused' : undefined);
  expect(await look()).toEqual([]);
  world.cloud.faults = () => undefined;
  expect(await look()).toEqual([]);
  expect(world.faultsSeen).toEqual([]);
  expect(await world.state(id)).toBe('ready');
});

/** Of two deployments in one project, one becomes somebody else's. @returns whose access was asked for at each look since, in turn */
async function ofTwoPeople(provider: Site['provider'], refused: readonly string[] = []): Promise<string[]> {
  const [first = ''] = await known(2);
  const noah = { id: 'u2', issuer: 'https://op', subject: 's2', provider: 'op', name: 'Noah', created_at: world.clock.now() };
  await store.db
    .insertInto('users')
    .values(noah)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await store.db.updateTable('deployments').set({ user_id: 'u2' }).where('id', '=', first).execute();
  await store.db.updateTable('resources').set({ project: 'p' }).execute();
  const entered: string[] = [];
  world.ports.findSite = async () => ({ provider }) as Site;
  world.ports.openCloud = async (userId) => {
    entered.push(userId);
    if (refused.includes(userId)) throw new AppError({ code: 'credential-invalid', title: 'no' });
    return world.cloud.cloud();
  };
  return entered;
}

test('a project is looked at by the access of one for all, or of another where that is refused', async () => {
  const entered = await ofTwoPeople('egi', ['u2']);
  expect(await look()).toHaveLength(2);
  const before = calls();
  expect(await look()).toEqual([]);
  expect(since(before).servers).toBe(1);
  expect(new Set(entered)).toContain('u1');
});

test('where nobody is let in, nothing is said', async () => {
  await ofTwoPeople('egi', ['u1', 'u2']);
  const before = calls();
  expect(await look()).toEqual([]);
  expect(since(before)).toEqual({});
  expect(world.faultsSeen).toEqual([]);
});

test('a site that somebody has added is looked at for them alone', async () => {
  const entered = await ofTwoPeople('custom');
  // one has been looked at by the same access before
  expect(await look()).toHaveLength(1);
  expect(entered.toSorted()).toEqual(['u1', 'u2']);
});

test('of several workers one looks', async () => {
  await known(1);
  const before = calls();
  world.clock.advance(300_000);
  await Promise.all([watchProjects(world.ports), watchProjects(world.ports)]);
  await watchProjects(world.ports);
  expect(since(before).servers).toBe(1);
});

test('what was written of a moment ago is left for the next time', async () => {
  const [id = ''] = await known(1);
  const server = world.cloud.ofKind('server')[0]?.id ?? '';
  await world.cloud.cloud().compute.stopServer(server);
  world.clock.advance(300_000);
  await store.db.updateTable('resources').set({ updated_at: world.clock.now() }).where('kind', '=', 'volume').execute();
  asked.length = 0;
  await watchProjects(world.ports);
  expect(asked).toEqual([]);
  expect(await look()).toEqual([id]);
});

test('once in a day or a little more each has a pass all the same', async () => {
  const [id = ''] = await known(1);
  expect(await look(23 * 60)).toEqual([]);
  expect(await look(8 * 60)).toEqual([id]);
  expect(await look()).toEqual([]);
});

test('… also where nobody was ever let in', async () => {
  const [id = ''] = await ready(1);
  world.ports.openCloud = async () => Promise.reject(new AppError({ code: 'credential-invalid', title: 'no' }));
  expect(await look()).toEqual([]);
  expect(await look()).toEqual([]);
  expect(await look(31 * 60)).toEqual([id]);
});

test('where the access of some has ended, it is others’ turn', async () => {
  await known(5);
  const ids = (await store.db.selectFrom('deployments').select('id').execute()).map((row) => row.id);
  for (const [index, id] of ids.entries()) {
    const user = { id: `p${index}`, issuer: 'https://op', subject: `p${index}`, provider: 'op', name: 'P', created_at: world.clock.now() };
    await store.db
      .insertInto('users')
      .values(user)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await store.db.updateTable('deployments').set({ user_id: user.id }).where('id', '=', id).execute();
  }
  world.ports.findSite = async () => ({ provider: 'egi' }) as Site;
  world.ports.openCloud = async (userId) => {
    if (userId !== 'p3') throw new AppError({ code: 'credential-expired', title: 'no' });
    return world.cloud.cloud();
  };
  const before = calls();
  await look();
  await look();
  expect(since(before).servers).toBeGreaterThan(0);
});

test('what is not at rest, and what is deleted, has passes of its own', async () => {
  const [first = '', second = ''] = await known(2);
  await store.db.updateTable('deployments').set({ state: 'updating' }).where('id', '=', first).execute();
  await store.db.updateTable('deployments').set({ deleted_at: world.clock.now() }).where('id', '=', second).execute();
  const before = calls();
  await look();
  expect(since(before)).toEqual({});
});
