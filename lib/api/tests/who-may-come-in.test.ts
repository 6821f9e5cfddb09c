import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../fixtures';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.store.close());

interface Told {
  severity: string;
  field?: string;
}
const from = (peer: string) => ({ ...api.as.owner, 'x-transat-peer': peer });
const ask = async (path: string, headers: Record<string, string>, inputs: object) =>
  (await api.call('POST', path, headers, { recipe: 'virtual-machine', inputs, ...(path === '/deployments' ? { name: 'x' } : {}) })).json;
const said = ({ problems }: { problems: Told[] }) =>
  problems.filter(({ field }) => field?.startsWith('inputs.')).map(({ severity, field }) => `${severity} ${field}`);

test('a program whose address is not known must say who may come in', async () => {
  expect(said(await ask('/plans', from('127.0.0.1'), {}))).toEqual(['error inputs.allowed_cidr', 'error inputs.ports_cidr']);
  const { fields } = await ask('/deployments', from('127.0.0.1'), { ports_cidr: '192.0.2.0/24' });
  expect(fields.map(({ path }: { path: string }) => path)).toContain('inputs.allowed_cidr');
});

test('a program that comes from an address of its own need not: it alone comes in', async () => {
  expect(said(await ask('/plans', from('8.8.4.4'), {}))).toEqual([]);
});

test('whoever opens to everybody is warned', async () => {
  const open = await ask('/plans', from('8.8.4.4'), { allowed_cidr: '0.0.0.0/0' });
  expect(said(open)).toEqual(['warning inputs.allowed_cidr']);
});
