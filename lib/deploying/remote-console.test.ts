import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { openRemoteConsole } from './nodes/remote-console';
import { clusterOf } from './testing/changed-plan';
import { World } from './testing/world';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('a console of a node’s screen is opened, which the audit knows and nothing else; what no browser opens is refused', async () => {
  const world = new World(store);
  const id = await world.deploy(clusterOf(1));
  expect(await world.settle(id)).toBe('ready');
  const server = (await world.ledger(id)).resources.find(({ key }) => key === 'server-worker-1');
  const opened = await openRemoteConsole(world.ports, id, 'worker-1', 'u1');
  expect(opened.reveal()).toBe(`https://cloud.example/vnc_lite.html?token=${server?.cloud_id}`);
  const noted = await store.db.selectFrom('audit').selectAll().where('action', '=', 'console-opened').execute();
  expect(noted).toMatchObject([{ user_id: 'u1', subject: id, data: { node: 'worker-1' } }]);
  expect(JSON.stringify([noted, await world.ledger(id), await store.db.selectFrom('events').selectAll().execute()])).not.toContain(
    'vnc_lite',
  );
  await expect(openRemoteConsole(world.ports, id, 'worker-9', 'u1')).rejects.toMatchObject({ code: 'not-found' });
  for (const consoles of ['ws://cloud.example/?token=', 'javascript:alert(1)//', 'https://user:word@cloud.example/']) {
    world.cloud.consoles = consoles;
    await expect(openRemoteConsole(world.ports, id, 'worker-1', 'u1')).rejects.toMatchObject({ code: 'upstream-refused' });
  }
  expect(await store.db.selectFrom('audit').select('id').where('action', '=', 'console-opened').execute()).toHaveLength(1);
});
