import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { loadLedger } from '@/lib/deploying/ledger/load';
import { Secrets } from '@/lib/deploying/ledger/secrets';
import { userDataFor } from '@/lib/deploying/nodes/context';
import { createDeployment } from '@/lib/deploying/requests/create';
import { FakeAgent } from '@/lib/deploying/testing/fake-agent';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import { openTestApi, type TestApi } from '../fixtures';

let api: TestApi;
let id: string;
let agent: FakeAgent;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.store.close());

// A node whose machine somebody has taken over.
beforeEach(async () => {
  const { ports } = api.services;
  const request = { recipe: 'cluster', addOns: [], inputs: {}, placement: {} };
  ({ id } = await createDeployment(ports, { person: { id: 'owner' }, name: 'Test', request, plan: clusterPlan(0) }));
  const ledger = await loadLedger(api.store.db, id);
  if (!ledger) throw new Error('no deployment');
  const secrets = new Secrets(api.store.db, ports.vault, { userId: 'owner', deploymentId: id }, 'test');
  agent = new FakeAgent(ports, await userDataFor(ports, ledger, 'front', secrets));
  await agent.introduce();
});

const path = () => `/agent/${agent.config.nodeId}`;
const own = () => ({ authorization: `Bearer ${agent.token.reveal()}` });
const at = '2026-01-01T00:00:00.000Z';

test('a body is not read of whoever has no token of a node, nor one that is too large', async () => {
  const large = { messages: [{ seq: 1, at, type: 'output', step: 'set-up', text: 'x'.repeat(2 * 1024 * 1024) }] };
  expect((await api.call('POST', path(), { authorization: 'Bearer 0123456789abcdef' }, large)).status).toBe(404);
  expect(await api.call('POST', path(), own(), large)).toMatchObject({ status: 413, json: { code: 'body-too-large' } });
  const once = { authorization: `Bearer ${new Secret(agent.config.admission ?? '').reveal()}` };
  const padded = { ...agent.identity, more: 'x'.repeat(5000) };
  expect((await api.call('POST', `${path()}/identity`, once, padded)).status).toBe(413);
});

test('one that never stops is told when to come again', async () => {
  const statuses: number[] = [];
  for (let count = 0; count < 301; count++) statuses.push((await api.call('POST', path(), own(), { messages: [] })).status);
  expect(new Set(statuses.slice(0, 300))).toEqual(new Set([200]));
  const answer = await api.call('POST', path(), own(), { messages: [] });
  expect(answer).toMatchObject({ status: 429, json: { code: 'rate-limited' } });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  api.clock.advance(60_000);
  expect((await api.call('POST', path(), own(), { messages: [] })).status).toBe(200);
});

test('27 MB of outputs leave nothing behind but those that the plan names, and its owner’s pages stay small', async () => {
  let sent = 0;
  for (let batch = 0; batch < 28; batch++) {
    if (batch % 7 === 0) api.clock.advance(60_000);
    // each is small enough to be kept, were it one that the plan names
    const values = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`out_${batch}_${index}`, 'x'.repeat(62_000)]));
    const body = { messages: [{ seq: batch + 1, at, type: 'outputs', step: 'set-up', values: { ...values, told: `by ${batch}` } }] };
    sent += JSON.stringify(body).length;
    expect((await api.call('POST', path(), own(), body)).status).toBe(200);
  }
  expect(sent).toBeGreaterThan(27_000_000);
  const ledger = await loadLedger(api.store.db, id);
  expect(ledger?.nodes[0]?.outputs).toEqual({ told: 'by 27' });
  const page = await api.call('GET', `/deployments/${id}/nodes`, api.as.owner);
  expect(JSON.stringify(page.json).length).toBeLessThan(4000);
});

test('one that says nothing of the length of what it sends is told when to come again all the same', async () => {
  const url = `https://transat.example.org/api/v1${path()}`;
  const headers = { ...own(), 'content-type': 'application/json' };
  const message = { seq: 99, at, type: 'outputs', step: 'set-up', values: { more: 'x'.repeat(900_000) } };
  const statuses: number[] = [];
  for (let count = 0; count < 12; count++) {
    const pieces = (JSON.stringify({ messages: [message] }).match(/.{1,10000}/g) ?? []).map((piece) => Buffer.from(piece));
    const sent = { method: 'POST', headers, body: new Blob(pieces).stream(), duplex: 'half' };
    const request = new Request(url, sent);
    expect(request.headers.get('content-length')).toBeNull();
    statuses.push((await api.raw(request)).status);
  }
  expect(statuses).toEqual(statuses.map((_, count) => (count < 9 ? 200 : 429)));
});

test('what no database can hold is left out of what it says, and it goes on', async () => {
  const messages = [
    { seq: 1, at, type: 'facts', facts: { 'o\u0000s': 'Deb\u0000ian' } },
    { seq: 2, at, type: 'output', step: 'set-up', text: 'a\u0000b\ud800' },
    { seq: 3, at, type: 'outputs', step: 'set-up', values: { told: 'x\u0000y' } },
  ];
  expect(await api.call('POST', path(), own(), { messages })).toMatchObject({ status: 200, json: { ack: 3 } });
  expect((await loadLedger(api.store.db, id))?.nodes[0]).toMatchObject({ facts: { os: 'Debian' }, outputs: { told: 'xy' } });
  const lines = await api.store.db.selectFrom('log_lines').select('text').where('deployment_id', '=', id).execute();
  expect(lines).toEqual([{ text: 'ab\ufffd' }]);
});

test.each([
  ['a step’s name without end', { type: 'step-started', step: 'x'.repeat(201), attempt: 1 }],
  ['a line without end', { type: 'output', step: 'set-up', text: 'x'.repeat(40_000) }],
  ['a thousand facts', { type: 'facts', facts: Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`f${index}`, 1])) }],
  ['a fact without end', { type: 'facts', facts: { os: 'x'.repeat(2000) } }],
  ['a thousand outputs', { type: 'outputs', step: 's', values: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`o${i}`, ''])) }],
  ['a host key that is two lines', { type: 'host-key', key: 'ssh-ed25519 AAAA\n10.0.0.1 evil' }],
])('%s is refused', async (_name, message) => {
  expect((await api.call('POST', path(), own(), { messages: [{ seq: 1, at, ...message }] })).status).toBe(422);
});
