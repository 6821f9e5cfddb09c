import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { type SandboxVault, startSandboxVault } from '@/lib/sandbox/vault';
import { certificate, privateKey } from '@/lib/web/testing/certificate';
import { vaultCall } from './call';

const token = new Secret('hvs.canary-token');
let vault: SandboxVault;
let call: ReturnType<typeof vaultCall>;
const thrown = (work: Promise<unknown>) => work.catch((error: unknown) => error);
const says = (status: number, ...errors: string[]) => ({ status, body: { errors } });

beforeAll(async () => {
  vault = await startSandboxVault();
  call = vaultCall({ address: vault.url });
});
beforeEach(() => {
  vault.instead.length = 0;
  vault.asked.length = 0;
});
afterAll(() => vault.close());

describe('what was not carried out is tried again, whatever it is', () => {
  test.each([
    [412, 'required index state not present'],
    [429, 'request path "kv": rate limit quota exceeded'],
  ])('%i', async (status, words) => {
    vault.instead.push(says(status, words), { status: 204 });
    expect((await call('POST', 'kv/data/x', { body: {} })).status).toBe(204);
    expect(vault.asked).toHaveLength(2);
  });

  test('but not for ever, and then it says so', async () => {
    vault.instead.push(...Array.from({ length: 9 }, () => says(429, 'rate limit quota exceeded')));
    expect(await thrown(call('GET', 'kv/data/x'))).toMatchObject({
      code: 'upstream-failed',
      title: 'The secrets store takes no more requests now',
    });
    expect(vault.asked).toHaveLength(3);
  });
});

describe('of what may have been carried out', () => {
  test.each(['reset', says(500, 'local node not active but active cluster node not found'), says(502)] as const)(
    'after %j only what is safe is tried again',
    async (fault) => {
      vault.instead.push(fault, { status: 204 });
      expect((await call('DELETE', 'kv/metadata/x', { safe: true })).status).toBe(204);
      vault.instead.push(fault);
      expect(await thrown(call('POST', 'kv/data/x', { body: {} }))).toMatchObject({ code: 'upstream-failed' });
      expect(vault.asked).toHaveLength(3);
    },
  );

  test('a sealed server is not asked twice', async () => {
    vault.instead.push(says(503, 'Vault is sealed'));
    expect(await thrown(call('GET', 'kv/data/x', { safe: true }))).toMatchObject({
      title: 'The secrets store is sealed',
      upstream: { status: 503 },
    });
    expect(vault.asked).toHaveLength(1);
  });
});

test('a redirect is not followed: the token stays here', async () => {
  vault.instead.push({ status: 307, headers: { location: `${vault.url}/v1/elsewhere` } });
  expect(await thrown(call('GET', 'kv/data/x', { token, safe: true }))).toMatchObject({
    title: 'The secrets store sends Transat elsewhere',
  });
  expect(vault.asked).toEqual(['GET kv/data/x']);
});

test('what a server says again of what was sent is taken out', async () => {
  const plain = Buffer.from('canary-password').toString('base64');
  vault.instead.push(says(400, `bad token hvs.canary-token, bad value canary-password (${plain})`));
  const { words } = await call('POST', 'kv/data/x', { token, body: { data: { inner: 'canary-password' } } });
  expect(words).toBe('bad token ***, bad value *** (***)');
});

test('a server that is gone is named, with what to do', async () => {
  const gone = await startSandboxVault();
  await gone.close();
  const error = await thrown(vaultCall({ address: gone.url })('POST', 'kv/data/x', { token, body: {} }));
  expect(error).toMatchObject({
    code: 'upstream-failed',
    title: 'The secrets store does not answer',
    upstream: { message: 'ECONNREFUSED' },
  });
});

test('a certificate that nobody vouches for is refused, and taken with its authority', async () => {
  const server = createTlsServer({ cert: certificate, key: privateKey }, (_request, response) => response.writeHead(204).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // a TCP server that listens has an address of this form
  const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const error = await thrown(vaultCall({ address })('GET', 'sys/health'));
  expect(error).toMatchObject({ code: 'upstream-failed', remedy: expect.stringContaining('caFile') });
  expect((await vaultCall({ address, ca: certificate })('GET', 'sys/health')).status).toBe(204);
  await new Promise((resolve) => server.close(resolve));
});
