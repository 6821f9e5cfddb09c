import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { createDeployment } from '@/lib/deploying/requests/create';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import { lab, openTestApi, type TestApi } from '../fixtures';
import { routes } from '../routes';

let api: TestApi;
let ids: Record<string, string>;

const sshKey = `ssh-ed25519 ${Buffer.concat([prefixed('ssh-ed25519'), prefixed('k'.repeat(32))]).toString('base64')} test`;
function prefixed(text: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, Buffer.from(text)]);
}

beforeAll(async () => {
  const deviceFlow = { name: 'OP', issuer: 'http://127.0.0.1:9', clientId: 'c', scopes: 'openid' };
  api = await openTestApi({ sites: [{ ...lab, deviceFlow }] });
  const { store, services, call, as } = api;
  const plan = clusterPlan(1);
  const request = { recipe: 'test', addOns: [], inputs: {}, placement: {} };
  const deployment = await createDeployment(services.ports, { person: { id: 'owner' }, name: 'Test', request, plan });
  const node = await store.db.selectFrom('nodes').select('id').executeTakeFirstOrThrow();
  const credential = await services.credentials.records.add('owner', {
    site: 'lab',
    name: 'mine',
    kind: 'password',
    login: { kind: 'password', user: { name: 'u', domain: 'Default' }, password: new Secret('canary-password') },
    shown: {},
    project: null,
  });
  const token = await call('POST', '/tokens', as.owner, {
    name: 'x',
    scope: 'read',
    expiresAt: new Date(Date.now() + 3600_000).toISOString(),
  });
  const session = await store.db.selectFrom('sessions').select('ref').executeTakeFirstOrThrow();
  const device = await store.db
    .insertInto('device_logins')
    .values({
      id: 'dev_owned',
      user_id: 'owner',
      site: 'lab',
      provider: 'device x',
      device_code: Buffer.of(1),
      user_code: 'ABCD',
      verification_uri: 'http://op.test/device',
      verification_uri_complete: null,
      interval_seconds: 5,
      next_poll_at: new Date(),
      expires_at: new Date(),
      created_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const [start, end] = [new Date('2030-01-01T00:00:00Z'), new Date('2030-01-02T00:00:00Z')];
  const told = {
    id: 'lease-1',
    name: 'theirs',
    status: 'PENDING',
    start: start.toISOString(),
    end: end.toISOString(),
    degraded: false,
    reservations: [],
    events: [],
  };
  const lease = await store.db
    .insertInto('leases')
    .values({
      id: 'lease_owned',
      user_id: 'owner',
      site: 'lab',
      project: 'p',
      credential: credential.id,
      lease_id: told.id,
      name: told.name,
      status: told.status,
      starts_at: start,
      ends_at: end,
      told: JSON.stringify(told),
      created_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const theirs = {
    user_id: 'owner',
    region: 'eu',
    endpoint: 'http://127.0.0.1:9',
    created_at: new Date(),
    ca: null,
    dialect: '4.1',
    version: '4.1.2',
    auth: 'basic',
    username: 'oscar',
    secret: Buffer.of(1),
    provider: null,
    deployment_id: null,
    site: null,
  } as const;
  const [cluster, worker] = [
    { ...theirs, id: 'clu_owned', name: 'theirs' },
    { ...theirs, id: 'clu_worker', name: 'its worker' },
  ];
  await store.db.insertInto('clusters').values([cluster, worker]).execute();
  const wish = { name: 'fish', image: 'fish:1', script: '', cpu: '1', memory: '1Gi', input: [], output: [], thresholdSeconds: 60 };
  const pair = await store.db
    .insertInto('pairs')
    .values({
      id: 'pair_owned',
      user_id: 'owner',
      name: wish.name,
      origin_id: cluster.id,
      worker_id: worker.id,
      origin_name: 'oscar-eu',
      worker_name: 'oscar-us',
      state: 'standing',
      wish: JSON.stringify(wish),
      created_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const key = await call('POST', '/ssh-keys', as.owner, { name: 'x', publicKey: sshKey });
  ids = {
    deployments: deployment.id,
    credentials: credential.id,
    'credentials/device': device.id,
    tokens: token.json.id,
    sessions: session.ref,
    'ssh-keys': key.json.id,
    leases: lease.id,
    clusters: cluster.id,
    pairs: pair.id,
    agent: node.id,
    sites: 'lab',
    recipes: 'virtual-machine',
  };
});
afterAll(() => api.store.close());

const pathOf = (path: string) => {
  const [, room = '', of = ''] = path.split('/');
  return path.replace(/\{\w+\}/, ids[`${room}/${of}`] ?? ids[room] ?? 'none');
};
const needsSignIn = routes.map(({ spec }) => spec).filter(({ access }) => access === 'signed-in');
const changes = needsSignIn.filter(({ method, readOnly }) => method !== 'GET' && !readOnly);
const ofOne = needsSignIn.filter(({ path }) => path.includes('{id}') && !path.startsWith('/sites'));
const label = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

describe('without signing in', () => {
  test.each(needsSignIn.map((spec) => [label(spec), spec] as const))('%s is 401', async (_, { method, path }) => {
    const answer = await api.call(method, pathOf(path), api.as.nobody, method === 'GET' ? undefined : {});
    expect(answer).toMatchObject({ status: 401, json: { code: 'not-signed-in' } });
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
  });

  test.each(
    routes
      .map(({ spec }) => spec)
      .filter(({ access }) => access === 'anyone')
      .map((spec) => [label(spec), spec] as const),
  )('%s is open', async (_, { method, path }) => {
    // a calendar is for whoever has its address
    const query = path === '/leases.ics' ? new URL(await calendarOf(api)).search : '';
    expect((await api.call(method, pathOf(path) + query)).status).toBe(200);
  });

  test.each(
    routes
      .map(({ spec }) => spec)
      .filter(({ access }) => access === 'node')
      .map((spec) => [label(spec), spec] as const),
  )('%s is for the node only', async (_, { method, path }) => {
    const body = method === 'GET' ? undefined : { messages: [] };
    expect((await api.call(method, pathOf(path), {}, body)).status).toBe(401);
    // neither its owner nor a node with another token
    expect((await api.call(method, pathOf(path), api.as.owner, body)).status).toBe(404);
    expect((await api.call(method, pathOf(path), { authorization: 'Bearer 0123456789abcdef' }, body)).status).toBe(404);
  });
});

test('every path with the id of something that is somebody’s says what it is, so that the one rule is asked', () => {
  expect(ofOne.filter(({ of, path }) => of === undefined && !path.startsWith('/recipes')).map(label)).toEqual([]);
});

describe('what is somebody else’s looks like what is not there', () => {
  test.each(ofOne.map((spec) => [label(spec), spec] as const))('%s is 404', async (_, { method, path }) => {
    const body = { '/deployments/{id}/actions': { action: 'cancel' } }[path] ?? {};
    const given = method === 'GET' ? undefined : body;
    const theirs = await api.call(method, pathOf(path), api.as.stranger, given);
    const none = await api.call(method, path.replace('{id}', 'dep_nothing'), api.as.stranger, given);
    expect(theirs.status).toBe(404);
    expect({ ...theirs.json, requestId: '' }).toEqual({ ...none.json, requestId: '' });
  });

  const lists = routes.map(({ spec }) => spec).filter(({ method, path }) => method === 'GET' && !path.includes('{'));
  const shared = ['sites', 'recipes'];
  const owned = () => Object.entries(ids).flatMap(([room, id]) => (shared.includes(room) ? [] : [id]));

  test.each(lists.map(({ path }) => path))('nothing of it shows in %s', async (path) => {
    const { text } = await api.call('GET', path, api.as.stranger);
    for (const id of owned()) expect(text).not.toContain(id);
  });

  test('lists show it to whose it is', async () => {
    for (const room of ['deployments', 'leases', 'clusters', 'pairs', 'tokens', 'sessions', 'ssh-keys', 'credentials']) {
      expect((await api.call('GET', `/${room}`, api.as.owner)).text).toContain(ids[room]);
    }
  });
});

describe('a token of scope read', () => {
  test.each(changes.map((spec) => [label(spec), spec] as const))('%s is 403', async (_, { method, path }) => {
    expect(await api.call(method, pathOf(path), api.as.reader, {})).toMatchObject({ status: 403, json: { code: 'forbidden' } });
  });

  test.each(
    // what is asked of sites and clusters is of their own tests: none answers here
    needsSignIn
      .filter(({ method, path }) => method === 'GET' && !/\/(?:facts|console|export)$/.test(path) && !path.startsWith('/clusters/{id}/'))
      .map((spec) => [label(spec), spec] as const),
  )('%s is answered', async (_, { path }) => {
    const known = await api.call('GET', pathOf(path), api.as.reader);
    expect(known.status).toBe(200);
  });
});

describe('a browser’s session', () => {
  const write = (headers: Record<string, string>) => api.call('POST', '/tokens', headers, {});

  test('reads by its cookie, and gets the value for its writes', async () => {
    expect((await api.call('GET', '/me', { cookie: api.browser.cookie })).json).toMatchObject({ id: 'owner', csrf: api.browser.csrf });
  });

  test('writes with the CSRF header from the same origin only', async () => {
    const { cookie, csrf } = api.browser;
    const good = { cookie, 'x-csrf-token': csrf, origin: 'http://transat.test' };
    expect((await write(good)).status).toBe(422);
    const refused: Record<string, string>[] = [
      { cookie },
      { cookie, 'x-csrf-token': 'wrong' },
      { ...good, origin: 'http://evil.test' },
      { ...good, origin: 'null' },
      { ...good, 'sec-fetch-site': 'cross-site' },
    ];
    for (const bad of refused) {
      expect(await write(bad)).toMatchObject({ status: 403, json: { code: 'csrf-rejected' } });
    }
  });

  test('a forged or foreign cookie is nobody', async () => {
    expect((await api.call('GET', '/me', { cookie: `${api.browser.cookie}x` })).status).toBe(401);
    expect((await api.call('GET', '/me', { cookie: 'transat-session=abc' })).status).toBe(401);
  });

  test('ends at its hour', async () => {
    api.clock.advance(12 * 3600 * 1000 + 1);
    expect((await api.call('GET', '/me', { cookie: api.browser.cookie })).status).toBe(401);
  });
});

test('a token that has ended, or was never made, is 401', async () => {
  api.clock.advance(30 * 86_400_000);
  expect((await api.call('GET', '/me', api.as.owner)).status).toBe(401);
  expect((await api.call('GET', '/recipes', { authorization: 'Bearer transat_pat_00000000' })).status).toBe(401);
  expect((await api.call('GET', '/recipes', { authorization: 'Basic YTpi' })).status).toBe(401);
});

/** The address of a calendar, which nobody makes but in a browser. */
async function calendarOf({ call, browser }: TestApi): Promise<string> {
  const made = await call('POST', '/notifications/feed', { cookie: browser.cookie, 'x-csrf-token': browser.csrf }, {});
  return made.json.url;
}
