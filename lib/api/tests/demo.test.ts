import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runErrand } from '@/lib/keeping/errands';
import { startTestSandbox, type TestSandbox } from '@/lib/sandbox/testing/start';
import { closeDoors } from '@/lib/web';
import { openTestApi, type TestApi } from '../fixtures';

let api: TestApi;
let sandbox: TestSandbox;
beforeAll(async () => {
  [api, sandbox] = await Promise.all([openTestApi(), startTestSandbox()]);
});
afterAll(async () => {
  await Promise.all([api.store.close(), sandbox.end(), closeDoors()]);
});

const call = (method: string, path: string, body?: unknown, as = api.as.owner) => api.call(method, path, as, body);
const clusters = async (as = api.as.owner) => (await call('GET', '/clusters', undefined, as)).json.items;
const ticking = async <T>(work: Promise<T>): Promise<T> => {
  let done = false;
  void work.finally(() => (done = true)).catch(() => {});
  while (!done) {
    await setImmediate();
    await sandbox.pass(0.5);
  }
  return await work;
};
const service = (name: string, image: string, cpu: string) => ({
  name,
  image,
  script: 'x',
  cpu,
  memory: '256Mi',
  input: [{ path: `${name}/in` }],
  output: [{ path: `${name}/out` }],
});

test('where there is no sandbox, there is no tour', async () => {
  Object.assign(api.services.config, { sandbox: false });
  expect((await call('GET', '/demo')).json).toEqual({ available: false, stands: null });
  expect((await call('POST', '/demo')).status).toBe(404);
  expect(await clusters()).toEqual([]);
  Object.assign(api.services.config, { sandbox: true, sandboxUrl: sandbox.url });
});

test('its clusters are not among those that one is offered for work', async () => {
  const { items } = (await call('GET', '/clusters/offered')).json;
  expect(items.map(({ id }: { id: string }) => id)).toEqual(['oscar-eu', 'oscar-us']);
  expect((await call('POST', '/clusters/offered', { id: 'demo-eu' })).status).toBe(404);
});

test('it stands once a person, and goes with all that was made for it', async () => {
  const { status, json } = await call('POST', '/demo');
  expect([status, json.stands.origin.region, json.stands.worker.region]).toEqual([201, 'eu', 'us']);
  expect((await call('POST', '/demo')).json).toEqual(json);
  const theirs = (await call('POST', '/demo', undefined, api.as.stranger)).json.stands;
  expect(theirs.service).not.toBe(json.stands.service);
  const { origin, worker, service: fish, filler } = json.stands;
  const pair = { origin: origin.id, worker: worker.id, service: service(fish, 'transat/fish-detection:1', '0.5'), thresholdSeconds: 10 };
  const made = await ticking(call('POST', '/pairs', pair));
  expect(made.status, made.text).toBe(201);
  const filled = await ticking(call('POST', `/clusters/${origin.id}/services`, service(filler, 'transat/wait:1', '1.9')));
  expect(filled.status, filled.text).toBe(201);
  expect((await ticking(call('DELETE', '/demo'))).status).toBe(204);
  expect([await clusters(), (await call('GET', '/pairs')).json.items, (await call('GET', '/demo')).json.stands]).toEqual([[], [], null]);
  const left = (await call('GET', `/clusters/${theirs.origin.id}/services`, undefined, api.as.stranger)).json.items;
  expect(left).toEqual([]);
});

test('one that somebody left goes by itself after half an hour, and no sooner', async () => {
  api.clock.advance(29 * 60_000);
  await runErrand(api.services, 'demos');
  expect(await clusters(api.as.stranger)).toHaveLength(2);
  api.clock.advance(2 * 60_000);
  expect(await ticking(runErrand(api.services, 'demos'))).toBe(120);
  expect(await clusters(api.as.stranger)).toEqual([]);
});

test('without the sandbox that it stood in, it goes all the same', async () => {
  await call('POST', '/demo');
  Object.assign(api.services.config, { sandbox: false });
  expect((await call('DELETE', '/demo')).status).toBe(204);
  expect(await clusters()).toEqual([]);
});
