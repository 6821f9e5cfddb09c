import { afterAll, beforeEach, expect, it } from 'vitest';
import { type Connected, connect, request } from '../testing/cloud-client';
import { startTestSandbox, type TestSandbox } from '../testing/start';

let sandbox: TestSandbox;
let cloud: Connected;
beforeEach(async () => {
  sandbox ??= await startTestSandbox();
  sandbox.reset();
  cloud = await connect(sandbox.url, 'europe');
});
afterAll(() => sandbox.end());

const tell = (answer: unknown, times = 1) =>
  cloud.admin('POST', '/_faults', { match: { service: 'network', method: 'POST', path: '/networks$' }, answer, times });
const create = () => cloud.network('POST', '/networks', { network: { name: 'n' } });
const made = async () => (await cloud.admin('GET', '/_inventory')).body.networks.length;

it('answers as told, so many times, and then well again', async () => {
  await tell({ status: 500 }, 2);
  expect(await create()).toMatchObject({ status: 500, body: { NeutronError: { type: 'HTTPInternalServerError' } } });
  expect((await cloud.network('GET', '/networks')).status).toBe(200);
  expect((await create()).status).toBe(500);
  expect((await create()).status).toBe(201);
  expect(await made()).toBe(1);
});

it('is rate limited by a proxy, which says how long to wait', async () => {
  await tell({ status: 429 });
  const answer = await create();
  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toBe('1');
  expect(answer.body).toContain('<html>');
});

it('cuts the connection before or after it has carried out the request', async () => {
  await tell({ status: 'reset' });
  await expect(create()).rejects.toThrow();
  expect(await made()).toBe(0);
  await tell({ status: 'reset-after-commit' });
  await expect(create()).rejects.toThrow();
  expect(await made()).toBe(1);
});

it('never answers, though the network is made', async () => {
  await tell({ status: 'timeout-after-commit' });
  const asked = fetch(`${sandbox.url}/europe/network/v2.0/networks`, {
    method: 'POST',
    headers: { 'x-auth-token': cloud.token, 'content-type': 'application/json' },
    body: '{"network":{}}',
    signal: AbortSignal.timeout(300),
  });
  await expect(asked).rejects.toThrow(/timeout|aborted/i);
  expect(await made()).toBe(1);
});

it('answers an error although it has carried out the request', async () => {
  await tell({ status: 504, afterCommit: true });
  expect((await create()).status).toBe(504);
  expect(await made()).toBe(1);
});

it('takes orders only as JSON that it understands', async () => {
  const send = (body: string, type: string) => request('POST', `${sandbox.url}/europe/_faults`, body, { 'content-type': type });
  expect((await send('{"match":{},"answer":{}}', 'text/plain')).status).toBe(400);
  expect(await send('{"match":{"nope":1},"answer":{}}', 'application/json')).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('nope') },
  });
  expect((await send('{"match":{},"answer":{"status":"explode"}}', 'application/json')).status).toBe(400);
});
