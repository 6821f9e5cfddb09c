import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '@/lib/core/ids';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { keptLeases } from './kept';
import { TellingWorld } from './testing/world';

let store: Store;
let world: TellingWorld;
let lease: string;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  world = new TellingWorld(store, newId('user'));
  await world.person();
  lease = await world.lease(9);
});
const kept = async () => (await keptLeases(world.ports)).find(({ userId }) => userId === world.userId);

type Seen = { phase: 'planned' | 'creating' | 'waiting' | 'ready' | 'failed' | 'gone'; cloud_id: string | null; observed: object };

/** A deployment on the lease, and what is kept of the server that was to boot there. */
async function deployment(of: { gone: boolean; borrowed: boolean }, server: Seen): Promise<void> {
  const id = newId('dep');
  const row = {
    user_id: world.userId,
    name: 'cluster',
    recipe: 'cluster',
    request: '{}',
    plan: '{"resources": [], "recipe": {}}',
    sites: ['tacc'],
  };
  const deleted = of.gone
    ? ({ state: 'deleted', wanted: 'deleted', deleted_at: world.clock.now() } as const)
    : ({ state: 'ready' } as const);
  await store.db
    .insertInto('deployments')
    .values({ id, ...row, ...deleted, created_at: world.clock.now() })
    .execute();
  const base = {
    deployment_id: id,
    site: 'tacc',
    project: 'p',
    credential: 'c',
    depends_on: [],
    summary: '',
    updated_at: world.clock.now(),
  };
  const spec = { kind: 'lease', start: 'now', end: '', hosts: 1, ...(of.borrowed ? { held: { id: lease } } : {}) };
  const leaseRow = { phase: of.gone ? ('gone' as const) : ('ready' as const), cloud_id: of.gone ? null : lease };
  await store.db
    .insertInto('resources')
    .values([
      { ...base, key: 'lease-1', kind: 'lease', spec: JSON.stringify(spec), ...leaseRow },
      {
        ...base,
        key: 'server-1',
        kind: 'server',
        spec: JSON.stringify({ kind: 'server', lease: 'lease-1' }),
        ...server,
        observed: JSON.stringify(server.observed),
      },
    ])
    .execute();
}

const ran = { status: 'ACTIVE', power: 'running' };
describe('a lease was used', () => {
  test.each<[string, { gone: boolean; borrowed: boolean }, Seen, boolean]>([
    ['where a server runs on it', { gone: false, borrowed: false }, { phase: 'ready', cloud_id: 's', observed: ran }, true],
    [
      'where a server is being built on it',
      { gone: false, borrowed: true },
      { phase: 'waiting', cloud_id: 's', observed: { status: 'BUILD' } },
      true,
    ],
    [
      'where a deployment that borrowed it has ended',
      { gone: true, borrowed: true },
      { phase: 'gone', cloud_id: null, observed: ran },
      true,
    ],
    [
      'where its server is just being made anew',
      { gone: false, borrowed: true },
      { phase: 'planned', cloud_id: null, observed: { replaced: 1 } },
      true,
    ],
    ['where its server was lost', { gone: false, borrowed: true }, { phase: 'failed', cloud_id: null, observed: { lost: true } }, true],
    ['not where its server has yet to be made', { gone: false, borrowed: true }, { phase: 'planned', cloud_id: null, observed: {} }, false],
    ['not where its site refused every server', { gone: false, borrowed: true }, { phase: 'failed', cloud_id: null, observed: {} }, false],
    ['not where what was refused is deleted', { gone: true, borrowed: true }, { phase: 'gone', cloud_id: null, observed: {} }, false],
  ])('%s', async (_when, of, server, used) => {
    await deployment(of, server);
    expect((await kept())?.used).toBe(used);
  });

  test('not where nothing was ever deployed on it', async () => {
    expect((await kept())?.used).toBe(false);
  });
});

describe('that a lease ends earlier is news', () => {
  const hour = 3_600_000;
  const inMs = (ms: number) => new Date(world.clock.now().getTime() + ms);
  test.each<[string, number | null, boolean]>([
    ['where nobody gave it that end here', null, true],
    ['where its owner gave it another end here', 5 * hour, true],
    ['but not to whom gave it that end', 4 * hour, false],
    ['nor where its site rounded that', 4 * hour + 20_000, false],
  ])('%s', async (_when, own, told) => {
    expect((await kept())?.shortened).toBe(false);
    const change = { ends_at: inMs(4 * hour), own_end: own === null ? null : inMs(own) };
    await store.db.updateTable('leases').set(change).where('lease_id', '=', lease).execute();
    expect((await kept())?.shortened).toBe(told);
    expect((await kept())?.shortened).toBe(told);
  });
});
