import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import { vaultCall } from './call';
import { openVaultServer, type VaultServer } from './index';
import { openKv } from './kv';
import { openPersonStore } from './person';
import { openVaultSession } from './session';
import { type Bench, furnish, type TestVault } from './testing';
import { startTokenReview } from './token-review';
import { transitWrap } from './transit';

/** What Transat needs of a Vault or OpenBao. The same on the sandbox's and on a real one. */
export function secretsStoreContract(start: () => Promise<TestVault>): void {
  let vault: TestVault;
  let bench: Bench;
  let server: VaultServer;
  const key = () => ({ mount: bench.transit, key: 'transat' });
  const place = () => server.config;

  beforeAll(async () => {
    vault = await start();
    bench = await furnish(vault);
    server = open(await bench.appRole());
  });
  const open = (auth: Parameters<Bench['config']>[0], more?: Parameters<Bench['config']>[1]): VaultServer => {
    const opened = openVaultServer(bench.config(auth, more), systemClock);
    if (!opened) throw new Error('nothing configured');
    return opened;
  };

  describe('the service’s login', () => {
    test('by AppRole; a wrong secret id is refused, and not told again', async () => {
      await expect(server.session('GET', 'auth/token/lookup-self')).resolves.toMatchObject({ status: 200 });
      const wrong = open({ ...(await bench.appRole()), secretId: new Secret('canary-secret-id') });
      const error = await wrong.session('GET', 'auth/token/lookup-self').catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'upstream-refused', upstream: { service: 'secrets-store', status: 400 } });
      expect(JSON.stringify(error)).not.toContain('canary');
    });

    test('by a token, which is renewed before its end though nothing is asked', async () => {
      const token = await bench.token(3);
      const { session } = open({ method: 'token', token: new Secret(token) });
      await session('GET', 'auth/token/lookup-self');
      await sleep(4500);
      expect(await session('GET', 'auth/token/lookup-self')).toMatchObject({ status: 200 });
    });

    test('that came to the longest it may live, or was revoked, is made anew', async () => {
      const short = open(await bench.appRole({ ttl: 2, maxTtl: 3 }));
      const first = await short.session('GET', 'auth/token/lookup-self');
      await sleep(4000);
      const second = await short.session('GET', 'auth/token/lookup-self');
      expect(second.status).toBe(200);
      expect(accessorOf(second.json)).not.toBe(accessorOf(first.json));
      await short.session('POST', 'auth/token/revoke-self', { body: {} });
      expect((await short.session('GET', 'auth/token/lookup-self')).status).toBe(200);
    });

    test('of many calls at once is one login', async () => {
      const fresh = open(await bench.appRole());
      const answers = await Promise.all(Array.from({ length: 10 }, () => fresh.session('GET', 'auth/token/lookup-self')));
      expect(new Set(answers.map(({ json }) => accessorOf(json))).size).toBe(1);
    });
  });

  describe('a data key wrapped by Transit', () => {
    const dataKey = new Secret(Buffer.alloc(32, 7));
    test('opens for its person only', async () => {
      const wrap = transitWrap(place(), server.session, key());
      const wrapped = await wrap.wrap('ann', dataKey);
      expect(wrapped.toString()).toMatch(/^vault:v\d+:/);
      expect((await wrap.unwrap('ann', wrapped)).reveal()).toEqual(dataKey.reveal());
      await expect(wrap.unwrap('bob', wrapped)).rejects.toMatchObject({ code: 'internal' });
    });

    test('does not open when it was changed', async () => {
      const wrap = transitWrap(place(), server.session, key());
      const wrapped = await wrap.wrap('ann', dataKey);
      wrapped[20] = wrapped[20] === 65 ? 66 : 65;
      await expect(wrap.unwrap('ann', wrapped)).rejects.toMatchObject({ code: 'upstream-refused' });
    });

    test('is rewrapped by the key’s next version; the former version can then be closed', async () => {
      const wrap = transitWrap(place(), server.session, key());
      const wrapped = await wrap.wrap('ann', dataKey);
      await wrap.turn?.();
      const renewed = (await wrap.renew?.('ann', wrapped)) ?? Buffer.of();
      expect(versionOf(renewed)).toBe(versionOf(wrapped) + 1);
      expect((await wrap.unwrap('ann', renewed)).reveal()).toEqual(dataKey.reveal());
      await bench.root('POST', `${bench.transit}/keys/transat/config`, { min_decryption_version: versionOf(renewed) });
      await expect(wrap.unwrap('ann', wrapped)).rejects.toMatchObject({ code: 'upstream-refused' });
      expect((await wrap.unwrap('ann', renewed)).reveal()).toEqual(dataKey.reveal());
    });

    test('by a key that the policy does not give is refused, with what to do', async () => {
      const wrap = transitWrap(place(), server.session, { mount: bench.transit, key: 'another' });
      const error = await wrap.wrap('ann', dataKey).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'upstream-refused', upstream: { status: 403 } });
      expect(JSON.stringify(error)).toContain('policy');
    });
  });

  describe('a secret kept in KV', () => {
    const entry = { owner: 'ann', record: 'cred_1', kind: 'credential', value: new Secret('canary-ä') };
    test('is read again, is not overwritten, and is destroyed with all its versions', async () => {
      const kv = openKv(place(), server.session, bench.kv);
      await kv.put('transat/ann/s1', entry);
      expect((await kv.get('transat/ann/s1'))?.value.reveal()).toBe('canary-ä');
      await expect(kv.put('transat/ann/s1', { ...entry, value: new Secret('other') })).rejects.toMatchObject({ code: 'upstream-refused' });
      expect((await kv.get('transat/ann/s1'))?.value.reveal()).toBe('canary-ä');
      await kv.remove('transat/ann/s1');
      expect(await kv.get('transat/ann/s1')).toBeNull();
      expect((await bench.root('GET', `${bench.kv}/metadata/transat/ann/s1`)).status).toBe(404);
      await kv.remove('transat/ann/s1');
    });

    test('outside of Transat’s folder is refused without the secret in the error', async () => {
      const kv = openKv(place(), server.session, bench.kv);
      const error = await kv.put('elsewhere/s1', entry).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'upstream-refused', upstream: { status: 403 } });
      expect(JSON.stringify(error)).not.toContain('canary');
    });

    test('that somebody deleted softly is as one that is not there', async () => {
      const kv = openKv(place(), server.session, bench.kv);
      await kv.put('transat/ann/s2', entry);
      await bench.root('DELETE', `${bench.kv}/data/transat/ann/s2`);
      expect(await kv.get('transat/ann/s2')).toBeNull();
    });
  });

  describe.each([2, 1] as const)('a person’s own secrets in KV version %i', (version) => {
    const store = () => {
      const mount = version === 2 ? bench.kv : bench.kv1;
      return openPersonStore({
        address: vault.address,
        provider: 'op',
        auth: bench.jwt,
        role: 'transat',
        mount,
        version,
        path: 'users/{sub}',
      });
    };
    const give = (person: string, name: string, fields: object) =>
      version === 2
        ? bench.root('POST', `${bench.kv}/data/users/${person}/${name}`, { data: fields })
        : bench.root('POST', `${bench.kv1}/users/${person}/${name}`, fields);

    test('are listed and read with their own access token, another’s are not', async () => {
      await give('ada', 'europe', { username: 'ada', password: 'canary', number: 7 });
      await give('ada', 'folder/inner', { x: 'y' });
      await give('eve', 'hers', { password: 'canary-of-eve' });
      const ada = new Secret(await bench.accessToken('ada'));
      expect(await store().list(ada)).toEqual(['europe']);
      expect((await store().read(ada, 'europe'))?.reveal()).toEqual({ username: 'ada', password: 'canary' });
      expect((await store().read(ada, 'folder/inner'))?.reveal()).toEqual({ x: 'y' });
      expect(await store().read(ada, 'hers')).toBeNull();
      expect(await store().read(ada, '../eve/hers')).toBeNull();
    });

    test('are not given to a token of another signer, issuer or audience', async () => {
      const tokens = await Promise.all([
        bench.accessToken('ada', {}, 'stranger'),
        bench.accessToken('ada', { iss: 'https://other.test' }),
        bench.accessToken('ada', { aud: 'somebody-else' }),
        bench.accessToken('ada', { exp: Math.floor(Date.now() / 1000) - 3600, iat: 1, nbf: 1 }),
      ]);
      for (const token of tokens) {
        const error = await store()
          .read(new Secret(token), 'europe')
          .catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ code: 'credential-invalid', upstream: { status: 400 } });
        expect(JSON.stringify(error)).not.toContain(token);
      }
    });
  });

  test('a login by JWT is one for a service, too', async () => {
    const jwtFile = join(mkdtempSync(join(tmpdir(), 'transat-jwt-')), 'token');
    writeFileSync(jwtFile, `${await bench.accessToken('service')}\n`);
    const session = openVaultSession(
      place(),
      vaultCall(place()),
      { method: 'jwt', mount: bench.jwt, role: 'transat', jwtFile },
      systemClock,
    );
    expect(await session('GET', 'auth/token/lookup-self')).toMatchObject({ status: 200 });
  });

  test('a login by a service account of Kubernetes is one, by the cluster’s word, and for the bound account only', async ({ skip }) => {
    const { kubernetes } = bench;
    if (!kubernetes) return skip('this server has no login by Kubernetes');
    const { mount, serviceAccount } = kubernetes;
    const jwtFile = join(mkdtempSync(join(tmpdir(), 'transat-pod-')), 'token');
    const by = (role = 'transat') => open({ method: 'kubernetes', mount, role, jwtFile });
    const refusal = async (token: string, role?: string) => {
      writeFileSync(jwtFile, token);
      const error = await by(role)
        .session('GET', 'auth/token/lookup-self')
        .catch((thrown: unknown) => thrown);
      expect(JSON.stringify(error)).not.toContain(token);
      return error;
    };
    writeFileSync(jwtFile, `${await serviceAccount('transat')}\n`);
    const inPod = by();
    expect(await inPod.session('GET', 'auth/token/lookup-self')).toMatchObject({ status: 200 });
    if (!inPod.kv) throw new Error('no KV');
    await inPod.kv.put('transat/ann/pod', { owner: 'ann', record: 'r', kind: 'k', value: new Secret('canary') });
    expect((await inPod.kv.get('transat/ann/pod'))?.value.reveal()).toBe('canary');
    // the pod's token is written anew from time to time, and a login after that uses the new one
    await inPod.session('POST', 'auth/token/revoke-self', { body: {} });
    writeFileSync(jwtFile, await serviceAccount('transat'));
    expect((await inPod.session('GET', 'auth/token/lookup-self')).status).toBe(200);

    const refused = { code: 'upstream-refused', upstream: { service: 'secrets-store', status: 403 } };
    expect(await refusal(await serviceAccount('another'))).toMatchObject(refused);
    expect(await refusal(await serviceAccount('transat', 'elsewhere'))).toMatchObject(refused);
    const stranger = await startTokenReview();
    expect(await refusal(await stranger.serviceAccount('transat'))).toMatchObject(refused);
    expect(await refusal(await serviceAccount('transat'), 'nobody')).toMatchObject({ code: 'upstream-refused', upstream: { status: 400 } });
  });

  test('a sealed store says so, at the check and at each use, and all goes on when it is unsealed', async ({ skip }) => {
    if (!vault.unsealKey) return skip('this server can’t be sealed here');
    const kv = openKv(place(), server.session, bench.kv);
    await kv.put('transat/ann/s3', { owner: 'ann', record: 'r', kind: 'k', value: new Secret('canary') });
    await server.check();
    await bench.root('POST', 'sys/seal', {});
    const sealed = { code: 'upstream-failed', title: 'The secrets store is sealed', remedy: expect.stringContaining('unseal') };
    await expect(server.check()).rejects.toMatchObject(sealed);
    await expect(kv.get('transat/ann/s3')).rejects.toMatchObject(sealed);
    await bench.root('POST', 'sys/unseal', { key: vault.unsealKey });
    await expect.poll(() => server.check().then(() => 'ready'), { timeout: 20_000 }).toBe('ready');
    expect((await kv.get('transat/ann/s3'))?.value.reveal()).toBe('canary');
  });
}

const versionOf = (wrapped: Buffer) => Number(/^vault:v(\d+):/.exec(wrapped.toString())?.[1]);
// biome-ignore lint/suspicious/noExplicitAny: an answer of the server, looked into by tests
const accessorOf = (json: any): string => json.data.accessor;
