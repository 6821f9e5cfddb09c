import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDeployment } from '@/lib/deploying/requests/create';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import { openTestApi, type TestApi } from '../fixtures';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.store.close());

test.each([
  ['an address of the world', '192.0.2.7', 'debian', 'ssh debian@192.0.2.7'],
  ['an option in place of an address', '-oProxyCommand=reboot', 'debian', null],
  ['a name in place of an address', 'evil.example.org', 'debian', null],
  ['more than an address', '192.0.2.7; reboot', 'debian', null],
  ['an option in place of a login', '192.0.2.7', '-oProxyCommand=reboot', null],
])('a command that people copy has nothing in it that a cloud makes up: %s', async (_name, address, loginUser, ssh) => {
  const plan = clusterPlan(0);
  for (const node of plan.nodes) node.loginUser = loginUser;
  const request = { recipe: 'cluster', addOns: [], inputs: {}, placement: {} };
  const { id } = await createDeployment(api.services.ports, { person: { id: 'owner' }, name: 'Test', request, plan });
  await api.store.db.updateTable('nodes').set({ public_address: address, heard_at: new Date() }).where('deployment_id', '=', id).execute();
  const { json } = await api.call('GET', `/deployments/${id}/access`, api.as.owner);
  expect(json.nodes[0].ssh).toBe(ssh);
});

test.each([
  ['booting', null, null, 'The machine does not answer yet.'],
  ['failed', null, null, 'The machine does not answer yet.'],
  ['stopped', new Date(), null, 'The machine is stopped.'],
  ['deleting', new Date(), null, 'The node is being deleted.'],
  ['configuring', new Date(), 'ssh debian@192.0.2.7', undefined],
  ['failed', new Date(), 'ssh debian@192.0.2.7', undefined],
] as const)('a machine that is %s and was heard at %s: %s', async (state, heard, ssh, reason) => {
  const plan = clusterPlan(0);
  for (const node of plan.nodes) node.loginUser = 'debian';
  const request = { recipe: 'cluster', addOns: [], inputs: {}, placement: {} };
  const { id } = await createDeployment(api.services.ports, { person: { id: 'owner' }, name: 'Heard', request, plan });
  const row = { public_address: '192.0.2.7', heard_at: heard, state };
  await api.store.db.updateTable('nodes').set(row).where('deployment_id', '=', id).execute();
  const { json } = await api.call('GET', `/deployments/${id}/access`, api.as.owner);
  expect(json.nodes[0]).toMatchObject({ ssh, ...(reason && { reason }) });
});
