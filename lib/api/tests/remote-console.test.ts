import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDeployment } from '@/lib/deploying/requests/create';
import { plainVault } from '@/lib/deploying/testing/agent-script';
import { clusterOf } from '@/lib/deploying/testing/changed-plan';
import { World } from '@/lib/deploying/testing/world';
import { openTestApi, type TestApi } from '../fixtures';

let api: TestApi;
let world: World;
let id: string;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.store.close());
beforeEach(async () => {
  for (const table of ['deployments', 'audit'] as const) await api.store.db.deleteFrom(table).execute();
  world = new World(api.store, api.clock);
  Object.assign(api.services.ports, { openCloud: world.ports.openCloud, vault: plainVault });
  const request = { recipe: 'cluster', addOns: [], inputs: {}, placement: {} };
  ({ id } = await createDeployment(world.ports, { person: { id: 'owner' }, name: 'Mine', plan: clusterOf(1), request }));
  expect(await world.settle(id)).toBe('ready');
});

const open = (node: unknown, who = api.as.owner) => api.call('POST', `/deployments/${id}/remote-console`, who, { node });
const noted = () => api.store.db.selectFrom('audit').select(['user_id', 'data']).where('action', '=', 'console-opened').execute();

test('its owner opens the screen of a machine: the address is in the answer alone, which nobody keeps, and that it was is noted', async () => {
  const { status, json, headers } = await open('worker-1');
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
  const server = (await world.ledger(id)).resources.find(({ key }) => key === 'server-worker-1');
  expect(json).toEqual({ url: `https://cloud.example/vnc_lite.html?token=${server?.cloud_id}` });
  expect(await noted()).toEqual([{ user_id: 'owner', data: { node: 'worker-1' } }]);
});

test.each([
  ['somebody else', 'stranger', 404],
  ['nobody', 'nobody', 401],
  ['a token that may only read', 'reader', 403],
] as const)('it opens for no one else: %s', async (_who, who, status) => {
  expect((await open('worker-1', api.as[who])).status).toBe(status);
  expect(await noted()).toEqual([]);
});

test.each([
  ['a node that is not there', 'worker-9', 404, 'not-found'],
  ['no name', undefined, 422, 'invalid-input'],
  ['a name without an end', 'x'.repeat(101), 422, 'invalid-input'],
  ['what is no text', { key: 'worker-1' }, 422, 'invalid-input'],
])('refused with the reason: %s', async (_what, node, status, code) => {
  const answer = await open(node);
  expect([answer.status, answer.json.code]).toEqual([status, code]);
});

test('what a site gives that no browser is to open is refused, and never in the answer', async () => {
  world.cloud.consoles = 'javascript:alert(1)//';
  const { status, json, text } = await open('worker-1');
  expect([status, json.code]).toEqual([502, 'upstream-refused']);
  expect(text).not.toContain('javascript');
  expect(await noted()).toEqual([]);
});
