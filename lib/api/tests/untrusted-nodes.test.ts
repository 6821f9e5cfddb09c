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
  let seq = 0;
  for (let batch = 0; batch < 7; batch++) {
    const values = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`out_${batch}_${index}`, 'x'.repeat(100_000)]));
    const message = { seq: ++seq, at, type: 'outputs', step: 'set-up', values: { ...values, told: `by ${batch}` } };
    expect((await api.call('POST', path(), own(), { messages: [message] })).status).toBe(200);
  }
  const ledger = await loadLedger(api.store.db, id);
  expect(ledger?.nodes[0]?.outputs).toEqual({ told: 'by 6' });
  const page = await api.call('GET', `/deployments/${id}/nodes`, api.as.owner);
  expect(JSON.stringify(page.json).length).toBeLessThan(4000);
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
