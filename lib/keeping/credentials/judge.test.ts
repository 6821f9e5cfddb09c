import { afterAll, beforeAll, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { connectCloud } from '@/lib/openstack';
import type { CloudAuth } from '@/lib/openstack/types';
import { type CloudName, credentials } from '@/lib/sandbox/testing/cloud-client';
import { startTestSandbox, type TestSandbox } from '@/lib/sandbox/testing/start';
import { identityEndpoint } from '@/lib/sites';
import { sandboxSites } from '@/lib/sites/directory/sandbox';
import { closeDoors } from '@/lib/web';
import { leaseCheck } from './judge';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(async () => {
  await closeDoors();
  await sandbox.end();
});

async function check(id: string, cloud: CloudName, kind: 'password' | 'applicationCredential') {
  const site = sandboxSites(sandbox.url).find((one) => one.id === id);
  if (!site) throw new Error(`There is no site ${id}`);
  const given = await credentials(sandbox.url, cloud);
  const { name, domain, password } = given.user;
  const { secret, ...credential } = given.applicationCredential;
  const auth: CloudAuth =
    kind === 'password'
      ? { kind, user: { name, domain }, password: new Secret(password) }
      : { kind, id: credential.id, secret: new Secret(secret) };
  return leaseCheck(site, await connectCloud(identityEndpoint(site), auth, given.project.id), kind, {});
}

test.each([
  ['a password', 'sandbox-america', 'america', 'password', 'good', /let you make them/],
  [
    'an application credential where Keystone takes no trusts from those',
    'sandbox-america',
    'america',
    'applicationCredential',
    'bad',
    /Connect with Sandbox America/,
  ],
  ['an application credential where it does', 'sandbox-kvm', 'america-kvm', 'applicationCredential', 'good', /let you make them/],
] as const)('whether %s makes leases is known when it is tried', async (_what, site, cloud, kind, state, detail) => {
  expect(await check(site, cloud, kind)).toEqual({ what: 'leases', state, detail: expect.stringMatching(detail) });
});

test('who may not read leases is told why, and a site without them is not asked', async () => {
  expect(await check('sandbox-europe', 'europe', 'password')).toBeNull();
  const body = { match: { service: 'reservation' }, answer: { status: 503 }, times: 3 };
  await fetch(`${sandbox.url}/america/_faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(await check('sandbox-america', 'america', 'password')).toMatchObject({ state: 'bad', detail: expect.stringContaining('503') });
});
