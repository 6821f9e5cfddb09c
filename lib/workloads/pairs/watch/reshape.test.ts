import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import { connectOscar } from '@/lib/oscar/client';
import type { Dialect, OscarAuth } from '@/lib/oscar/types';
import { startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { closeDoors } from '@/lib/web/doors';
import { type PairSide, planPair } from '../../pair-calls';
import type { Cluster, WorkloadPorts } from '../../types';
import { keepToItself, makeCall, servicesOf, takeOut } from '../perform';
import type { Both } from '../sides';
import { reshape } from './reshape';

const clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
const running: TestOscar[] = [];
let store: Store;
let ports: WorkloadPorts;

beforeAll(async () => {
  store = await openTestStore();
  const config = { allowedRanges: ['127.0.0.0/8'], locality: [], tokenHosts: [], sandbox: false, sandboxUrl: 'http://127.0.0.1:9' };
  const nobody = () => Promise.reject(new Error('no sign-in is asked for'));
  const credentials = { vault: { open: nobody, seal: nobody }, accessTokenFor: nobody } as unknown as WorkloadPorts['credentials'];
  ports = { store, clock, config, credentials };
});
afterEach(async () => {
  for (const oscar of running.splice(0)) await oscar.end();
});
afterAll(async () => {
  await Promise.all([store.close(), closeDoors()]);
});

const people = { ada: { sub: 'ada@egi.eu', eduperson_entitlement: ['urn:mace:egi.eu:group:vo.sandbox.eu:role=member'] } };

async function start(id: string, dialect: Dialect, kind: OscarAuth['kind']) {
  const oscar = await startTestOscar(dialect, { clock, people, definition: { id } });
  running.push(oscar);
  const basic = { kind: 'basic', user: oscar.user, password: new Secret(oscar.password) } as const;
  const auth: OscarAuth = kind === 'basic' ? basic : { kind, accessToken: async () => new Secret('ada') };
  const client = await connectOscar({ id, address: oscar.url, allowPrivate: true }, auth);
  const cluster: Cluster = {
    id,
    name: id,
    region: 'eu',
    endpoint: oscar.url,
    ca: null,
    storageCa: null,
    dialect,
    version: '',
    auth: kind === 'basic' ? { kind, user: oscar.user } : { kind, provider: 'egi' },
    inside: true,
    deployment: null,
    site: null,
    problem: null,
    seenAt: null,
    createdAt: '',
    traits: { sharesBuckets: false, forgetsChanges: false },
  };
  const { minio } = await client.config();
  const side: PairSide = {
    id,
    dialect,
    endpoint: oscar.url,
    verify: true,
    store: minio,
    auth: kind === 'basic' ? basic : { kind },
    issuers: ['x'],
  };
  return { oscar, side, open: { cluster, client } };
}

const path = (text: string) => ({ provider: 'minio.default', path: text, suffix: [], prefix: [] });
const wish = {
  name: 'fish',
  image: 'transat/word-count:1',
  script: 'wc',
  cpu: '0.5',
  memory: '256Mi',
  input: [path('fish/input')],
  output: [path('fish/output')],
  thresholdSeconds: 30,
};
const row = { user_id: 'ada', name: 'fish', origin_name: 'eu', worker_name: 'us', wish };

async function pair(from: Dialect, to: Dialect) {
  const kind = from === '4.1' ? 'oidc' : 'basic';
  const [origin, worker] = [await start('eu', from, kind), await start('us', to, kind)];
  const open: Both = { origin: origin.open, worker: worker.open };
  const plan = planPair(wish, origin.side, worker.side, new Secret('refresh-ada'));
  for (const call of 'calls' in plan ? plan.calls : []) await makeCall(ports, open, call);
  // up to 3.7 a change makes a new token, and what counts is that MinIO heard of it
  const definitions = () =>
    [origin, worker].map(({ oscar }) => {
      const there = oscar.cluster.world.service('fish');
      expect(there?.webhookToken).toBe(there?.token);
      return structuredClone(there && { ...there, token: '', webhookToken: '' });
    });
  return { origin, worker, open, definitions };
}
const membersAt = async ({ client }: Both['origin']) => (await client.service('fish'))?.sharing.members.map(({ clusterId }) => clusterId);

describe.each([
  ['3.6', '3.6'],
  ['3.6', '4.1'],
  ['4.1', '4.1'],
  ['4.1', '3.6'],
] as const)('%s → %s', (from, to) => {
  test('a worker that is taken out, and put back, is as it was, and so is its origin', async () => {
    const { open, definitions } = await pair(from, to);
    const before = definitions();
    await reshape(ports, open, row, 'closed', null);
    expect(await membersAt(open.origin)).toEqual([]);
    await reshape(ports, open, row, 'closed', null);
    expect(await membersAt(open.origin)).toEqual([]);
    await reshape(ports, open, row, 'whole', null);
    expect(definitions()).toEqual(before);
    await reshape(ports, open, row, 'whole', null);
    expect(definitions()).toEqual(before);
  });

  test('a worker that does not answer is taken out all the same', async () => {
    const { open, worker } = await pair(from, to);
    worker.oscar.cluster.world.state.settings.unreachable = true;
    await reshape(ports, open, row, 'closed', null);
    expect(await membersAt(open.origin)).toEqual([]);
  });

  test('an answer that is lost after the work counts, and one before it does not', async () => {
    const { open, origin } = await pair(from, to);
    const lose = (status: 'reset' | 'reset-after-commit') =>
      origin.oscar.cluster.world.faults.add({ match: { method: from === '4.1' ? 'DELETE' : 'PUT' }, answer: { status }, times: 1 });
    lose('reset');
    await expect(reshape(ports, open, row, 'closed', null)).rejects.toThrow();
    expect(await membersAt(open.origin)).toEqual(['us']);
    lose('reset-after-commit');
    await reshape(ports, open, row, 'closed', null);
    expect(await membersAt(open.origin)).toEqual([]);
  });

  test('a service that its origin keeps has nothing of the pair left', async () => {
    const { open, definitions } = await pair(from, to);
    const { left } = await takeOut(ports, open, servicesOf(row), [{ side: 'origin', undo: 'unshare' }]);
    await keepToItself(ports, open, servicesOf(row));
    expect(left).toEqual([]);
    for (const one of definitions()) {
      expect(one?.output).toMatchObject([{ storage_provider: 'minio.default' }]);
      expect([one?.environment.secrets, one?.clusters ?? {}, one?.federation?.members ?? []]).toEqual([{}, {}, []]);
    }
  });
});

test('up to 4.0 all work can be moved away, and asks for as much as before afterwards; from 4.1 on it takes the refresh token', async () => {
  const { open, origin } = await pair('3.6', '4.1');
  const held = { cpu: '0.5', awayCpu: '3' };
  const cpu = () => origin.oscar.cluster.world.service('fish')?.cpu;
  await reshape(ports, open, row, 'away', held);
  expect([cpu(), await membersAt(open.origin)]).toEqual(['3', ['us']]);
  await reshape(ports, open, row, 'closed', held);
  expect([cpu(), await membersAt(open.origin)]).toEqual(['0.5', []]);
  await reshape(ports, open, row, 'whole', held);
  expect([cpu(), await membersAt(open.origin)]).toEqual(['0.5', ['us']]);
  const newer = await pair('4.1', '4.1');
  await expect(reshape(ports, newer.open, row, 'away', held)).rejects.toMatchObject({ code: 'conflict' });
  expect(await membersAt(newer.open.origin)).toEqual(['us']);
  await reshape(ports, newer.open, row, 'away', held, new Secret('refresh-ada'));
  expect(newer.definitions().map((one) => one?.cpu)).toEqual(['3', '0.5']);
});
