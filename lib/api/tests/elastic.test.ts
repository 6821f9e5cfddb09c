import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SiteConfig } from '@/lib/core/config';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { needLedger } from '@/lib/deploying/ledger/load';
import { Secrets } from '@/lib/deploying/ledger/secrets';
import { outputsShown } from '@/lib/deploying/nodes/outputs';
import { runErrand } from '@/lib/keeping/errands';
import type { QueueReport } from '@/lib/nodes/protocol';
import { connectCloud, listProjects } from '@/lib/openstack';
import { request } from '@/lib/sandbox/testing/cloud-client';
import { signIn } from '@/lib/sandbox/testing/sign-in';
import { startTestSandbox, type TestSandbox } from '@/lib/sandbox/testing/start';
import { closeDoors } from '@/lib/web/doors';
import { openTestApi, type TestApi } from '../fixtures';

let sandbox: TestSandbox;
let api: TestApi;
let id: string;
let node: string;
let token: string;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  const europe: SiteConfig = {
    id: 'europe',
    name: 'Europe',
    kind: 'egi',
    methods: ['oidc'],
    protocol: 'openid',
    provider: 'op',
    identityProvider: 'egi.eu',
    allowPrivate: true,
    authUrl: `${sandbox.url}/europe/v3`,
  };
  api = await openTestApi({ connectCloud, listProjects, sites: [europe] });
  const { access_token } = await signIn(sandbox.url, 'ada');
  await api.services.credentials.grants.keep('owner', 'op', { accessToken: new Secret(access_token), expiresIn: 36_000 });
  const at = { site: 'europe', credential: 'oidc:europe' };
  const inputs = { worker_count: 1, allowed_cidr: '0.0.0.0/0', elastic: true, worker_most: 3, idle_minutes: 5 };
  const body = { recipe: 'slurm', name: 'Mine', inputs, placement: { controller: at, workers: at } };
  const { status, json, text } = await api.call('POST', '/deployments', api.as.owner, body);
  expect(status, text).toBe(202);
  id = json.id;
  await stands();
  const { deployment, nodes } = await needLedger(api.store.db, id);
  node = nodes.find(({ key }) => key === 'controller')?.id ?? '';
  const secrets = new Secrets(api.store.db, api.services.ports.vault, { userId: 'owner', deploymentId: id }, 'test');
  token = (await secrets.get(deployment.plan.secrets.find(({ generate }) => generate === 'token')?.name ?? '')).reveal().value ?? '';
});
afterAll(async () => {
  await api.store.close();
  await closeDoors();
  await sandbox.end();
});

/** Whatever was asked for is there. */
async function stands(): Promise<void> {
  const { db } = api.store;
  await db.updateTable('deployments').set({ state: 'ready', ready_at: api.clock.now(), updating: null }).where('id', '=', id).execute();
}
const machine = (index: number, state: string) => ({ name: `slurm-worker-${index}`, state });
const tell = (body: object, { group = 'workers', as = token, by = node } = {}) =>
  api.call('POST', `/agent/${by}/queue/${group}`, { authorization: `Bearer ${as}` }, body);
const decide = () => runErrand(api.services, `elastic ${id}`);
const view = async () => (await api.call('GET', `/deployments/${id}/elastic`, api.as.owner)).json.items[0];
const deployment = async () => (await api.call('GET', `/deployments/${id}`, api.as.owner)).json;

test('only who has the token of this group’s queue tells of it, and nobody else hears of it', async () => {
  const report = { waiting: 0, wanted: 0, machines: [] };
  for (const about of [{ as: `${token}x` }, { group: 'controller' }, { by: 'node_unknown' }]) {
    expect((await tell(report, about)).status).toBe(404);
  }
  expect((await api.call('POST', `/agent/${node}`, { authorization: `Bearer ${token}` }, { messages: [] })).status).toBe(404);
  expect((await tell({ ...report, waiting: -1 })).status).toBe(422);
  expect((await api.call('GET', `/deployments/${id}/elastic`, api.as.stranger)).status).toBe(404);
  expect(await view()).toMatchObject({
    group: 'workers',
    work: 'jobs',
    least: 1,
    most: 3,
    idleMinutes: 5,
    count: 1,
    queue: null,
    decisions: [],
  });
  expect(await decide()).toBeNull();
});

test('a job that waits brings a node, and one line says why', async () => {
  expect((await tell({ waiting: 1, wanted: 1, machines: [machine(1, 'busy')] })).status).toBe(204);
  expect(await decide()).toBe(60);
  expect(await deployment()).toMatchObject({ state: 'updating', inputs: { worker_count: 2 }, updating: { by: 'Transat' } });
  const said = 'Workers grow from 1 to 2: jobs wait (1), and too few nodes are free for them';
  expect(await view()).toMatchObject({ queue: { waiting: 1 }, decisions: [{ does: 'grow', says: said }] });
  // while it comes nothing else is decided, and that is said once
  await decide();
  await decide();
  expect((await view()).decisions.map(({ does }: { does: string }) => does)).toEqual(['none', 'grow']);
});

test('what has nothing to do goes after its time, and its work is seen to first', async () => {
  await stands();
  const quiet = { waiting: 0, wanted: 0, machines: [machine(1, 'busy'), machine(2, 'idle')] };
  await tell(quiet);
  await decide();
  expect((await view()).decisions[0].says).toContain('none of them has had nothing to do for 5 minutes');
  api.clock.advance(299_000);
  await tell(quiet);
  await decide();
  expect(await deployment()).toMatchObject({ state: 'ready' });
  api.clock.advance(1000);
  await tell(quiet);
  await decide();
  expect((await deployment()).updating).toMatchObject({ stage: 'draining', by: 'Transat' });
  expect((await view()).decisions[0]).toMatchObject({
    does: 'shrink',
    says: 'Workers shrink from 2 to 1: slurm-worker-2 had nothing to do for 5 minutes',
  });
});

test('a full quota says so with its numbers, once, and keeps what runs', async () => {
  // as if the one that goes had stayed
  await api.call('POST', `/deployments/${id}/actions`, api.as.owner, { action: 'cancel' });
  await stands();
  await request('PUT', `${sandbox.url}/europe/_quotas`, { project: 'vo.sandbox.eu', limits: { instances: 0, cores: 0 } });
  api.clock.advance(600_000);
  await tell({ waiting: 2, wanted: 2, machines: [machine(1, 'busy'), machine(2, 'busy')] });
  await decide();
  expect(await deployment()).toMatchObject({ state: 'ready', updating: null });
  const { refused, decisions } = await view();
  expect(refused).toMatchObject({ code: 'quota-exceeded' });
  expect(decisions[0].says).toMatch(
    /^Workers could not be changed: The project’s quota is too small\. This needs 1 CPUs at Europe; 0 of the project’s 0 are left/,
  );
  await decide();
  await decide();
  expect((await view()).decisions.map(({ says }: { says: string }) => says.split(':')[0])).toEqual([
    'Workers stay at 2',
    'Workers could not be changed',
    'Workers grow from 2 to 3',
    expect.anything(),
    expect.anything(),
  ]);
});

test('a node that can’t come is called off, so that it is in nobody’s way, and more are asked for later only', async () => {
  await request('DELETE', `${sandbox.url}/europe/_quotas`);
  api.clock.advance(600_000);
  const full = { waiting: 1, wanted: 1, machines: [machine(1, 'busy'), machine(2, 'busy')] };
  await tell(full);
  await decide();
  expect((await deployment()).updating).toMatchObject({ by: 'Transat', back: false });
  await api.store.db.updateTable('deployments').set({ state: 'degraded' }).where('id', '=', id).execute();
  await decide();
  expect((await deployment()).updating).toMatchObject({ by: 'Transat', back: true });
  await stands();
  api.clock.advance(61_000);
  await tell(full);
  await decide();
  expect((await view()).decisions[0].says).toMatch(/^Workers stay at \d: jobs wait, and more were refused a while ago/);
});

test('that it has had nothing to do for days is said where it is known, and is taken back by the first job', async () => {
  const { db } = api.store;
  await stands();
  const quiet = { waiting: 0, wanted: 0, machines: [machine(1, 'idle')] };
  await tell(quiet);
  const since = api.clock.now().toISOString();
  const said = async () => {
    const { items } = (await api.call('GET', '/deployments', api.as.owner)).json;
    const listed = items.find((one: { id: string }) => one.id === id);
    return [(await deployment()).idleSince, listed.idleSince];
  };
  api.clock.advance(3 * 86_400_000);
  // what was heard three days ago says nothing of today
  expect(await said()).toEqual([null, null]);
  await tell(quiet);
  expect(await said()).toEqual([since, since]);
  const line = { deployment_id: id, level: 'info', stage: 'deployment', subject: null, message: 'x', at: api.clock.now() } as const;
  const write = (data: object) =>
    db
      .insertInto('events')
      .values({ ...line, data: JSON.stringify(data) })
      .returning('id')
      .executeTakeFirstOrThrow();
  // what is decided of its queue is nobody's doing
  await write({ elastic: 'workers', does: 'none' });
  expect(await said()).toEqual([since, since]);
  const { id: did } = await write({});
  expect(await said()).toEqual([null, null]);
  await db.deleteFrom('events').where('id', '=', did).execute();
  expect(await said()).toEqual([since, since]);
  // who looks at what it gives has a use for it
  const secrets = new Secrets(db, api.services.ports.vault, { userId: 'owner', deploymentId: id }, outputsShown);
  await secrets.get((await needLedger(db, id)).deployment.plan.secrets.find(({ generate }) => generate === 'token')?.name ?? '');
  expect(await said()).toEqual([null, null]);
  await db.deleteFrom('audit').where('subject', '=', id).execute();
  expect(await said()).toEqual([since, since]);
  await tell({ ...quiet, machines: [machine(1, 'busy')] });
  expect(await said()).toEqual([null, null]);
});

test('a node that can’t call is asked over SSH, as long as it answers', async () => {
  const { db } = api.store;
  await stands();
  await db.deleteFrom('elastic_groups').execute();
  const reached = { channel: 'ssh', state: 'ready', public_address: '192.0.2.7', host_key: 'ssh-ed25519 AAAA' } as const;
  await db.updateTable('nodes').set(reached).where('id', '=', node).execute();
  const asked: string[] = [];
  let answer: QueueReport | null = null;
  api.services.ports.readQueue = async ({ address }, group) => {
    asked.push(`${group} at ${address}`);
    return answer;
  };
  // nothing is told yet: it is asked again
  expect(await decide()).toBe(60);
  expect((await view()).queue).toBeNull();
  answer = { waiting: 3, wanted: 3, machines: [] };
  expect(await decide()).toBe(60);
  expect(await view()).toMatchObject({ queue: { waiting: 3 } });
  expect(asked).toEqual(['workers at 192.0.2.7', 'workers at 192.0.2.7']);
  const unreachable = new AppError({ code: 'node-unreachable', title: 'It does not answer' });
  api.services.ports.readQueue = () => Promise.reject(unreachable);
  expect(await decide()).toBe(60);
  // one that is to be set up again, or that calls, is not asked
  for (const other of [{ state: 'configuring' }, { state: 'ready', channel: 'callback' }] as const) {
    api.services.ports.readQueue = () => Promise.reject(new Error('asked'));
    await db.updateTable('nodes').set(other).where('id', '=', node).execute();
    await decide();
  }
  await db.deleteFrom('elastic_groups').execute();
  expect(await decide()).toBeNull();
});
