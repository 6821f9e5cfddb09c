import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import type { Config } from '@/lib/core/config';
import { deviceProvider, deviceProviderId, isDeviceProvider } from './device/device-provider';
import { signInAgain } from './grants/sign-in-again';
import { openIdProviders } from './providers';
import { readRing } from './sealing/ring';
import { openVaultServer } from './vault-server';

const flow = { name: 'Site', issuer: 'https://aai.example', clientId: 'cli', scopes: 'openid' };

describe('with whom people sign in', () => {
  const config = (more: Partial<Config> = {}) =>
    ({
      sandbox: true,
      sandboxUrl: 'http://localhost:3100',
      dataDir: mkdtempSync(join(tmpdir(), 'transat-providers-')),
      providers: [],
      ...more,
    }) as unknown as Config;
  const configured = deviceProvider(flow);

  test('are the configured ones, where there is no sandbox', () => {
    expect(openIdProviders(config({ sandbox: false, providers: [configured] }), {})).toEqual([configured]);
  });

  test('is the sandbox’s as well, with a secret that is given', () => {
    const [first, second] = openIdProviders(config({ providers: [configured] }), { TRANSAT_SANDBOX_CLIENT_SECRET: 's' });
    expect(first).toEqual(configured);
    expect(second).toMatchObject({
      id: 'sandbox',
      name: 'Sandbox',
      issuer: 'http://localhost:3100/oidc',
      clientId: 'transat',
      accessTokensOf: ['cli'],
    });
    expect(second?.clientSecret?.reveal()).toBe('s');
  });

  test('is the sandbox’s with a secret that it left, or none', () => {
    const here = config();
    expect(openIdProviders(here, {})[0]?.clientSecret).toBeUndefined();
    mkdirSync(join(here.dataDir, 'sandbox'));
    writeFileSync(join(here.dataDir, 'sandbox', 'client-secret'), 'kept\n');
    expect(openIdProviders(here, {})[0]?.clientSecret?.reveal()).toBe('kept');
    expect(openIdProviders(here, { TRANSAT_SANDBOX_CLIENT_SECRET: 's' })[0]?.clientSecret?.reveal()).toBe('s');
  });
});

describe('a provider of a site’s device flow', () => {
  test('is known by its issuer and client', () => {
    expect(deviceProviderId(flow)).toBe('device https://aai.example cli');
    expect([isDeviceProvider(deviceProviderId(flow)), isDeviceProvider('egi'), isDeviceProvider('my device x')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(deviceProvider({ ...flow, builtIn: true })).toMatchObject({
      id: 'device https://aai.example cli',
      name: 'Site',
      issuer: flow.issuer,
      clientId: 'cli',
      scopes: 'openid',
      publicOnly: true,
    });
  });
});

test.each([
  [
    'egi',
    'session-expired',
    'Your sign-in has ended',
    'EGI no longer honours your sign-in.',
    'Sign in again. What you deployed stays as it is.',
  ],
  [
    deviceProviderId(flow),
    'credential-expired',
    'Your connection with EGI has ended',
    'EGI no longer honours what you approved for Transat.',
    'Connect with EGI again in Settings → Credentials. What you deployed stays as it is.',
  ],
])('what came by %s and can’t be renewed says what to do', (id, code, title, detail, remedy) => {
  expect(signInAgain({ id, name: 'EGI' })).toMatchObject({
    code,
    title,
    detail,
    cause: 'It was too long ago, or you or the provider ended it.',
    remedy,
  });
});

describe('the keys that wrap others', () => {
  const key = Buffer.alloc(32, 1).toString('base64');
  const other = Buffer.alloc(32, 2).toString('base64');
  const dataDir = mkdtempSync(join(tmpdir(), 'transat-ring-'));
  const ids = (ring: { current: { id: string }; previous: { id: string }[] }) => [ring.current.id, ...ring.previous.map(({ id }) => id)];
  const clock = new ManualClock(new Date('2030-01-01T00:00:00Z'));
  const vault = (leave: boolean) =>
    openVaultServer(
      {
        vault: { url: 'https://vault.example', auth: { method: 'token' }, transit: { mount: 'transit', key: 'transat', leave } },
      } as unknown as Config,
      clock,
    );

  test('are those of the environment, or of the data folder', () => {
    const given = readRing({ dataDir }, { TRANSAT_KEY: key, TRANSAT_KEY_PREVIOUS: other });
    expect([given.source, ids(given).length]).toEqual(['environment', 2]);
    expect(readRing({ dataDir }, {}).source).toBe('file');
  });

  test('are a Vault’s where it wraps, and master keys that are there still unwrap', () => {
    const both = readRing({ dataDir }, { TRANSAT_KEY: key, TRANSAT_KEY_PREVIOUS: other }, vault(false));
    expect([both.source, ids(both).length]).toEqual(['transit', 3]);
    const local = ids(readRing({ dataDir }, { TRANSAT_KEY: key, TRANSAT_KEY_PREVIOUS: other }));
    expect(ids(both).slice(1)).toEqual(local);
    const alone = readRing({ dataDir: mkdtempSync(join(tmpdir(), 'transat-ring-')) }, {}, vault(false));
    expect(ids(alone)).toEqual(ids(both).slice(0, 1));
  });

  test('are master keys again where a Vault is to be left', () => {
    const left = readRing({ dataDir }, { TRANSAT_KEY: key }, vault(true));
    const kept = readRing({ dataDir }, { TRANSAT_KEY: key }, vault(false));
    expect(left.source).toBe('environment');
    expect(ids(left)).toEqual(ids(kept).toReversed());
  });
});

describe('a Vault of Transat’s own', () => {
  const clock = new ManualClock(new Date('2030-01-01T00:00:00Z'));
  const open = (vault: object | undefined) => openVaultServer({ vault } as unknown as Config, clock);
  test('is none where it is to keep and wrap nothing', () => {
    expect(open(undefined)).toBeUndefined();
    expect(open({ url: 'https://vault.example', auth: { method: 'token' } })).toBeUndefined();
  });

  test('needs a way to log in', () => {
    expect(() => open({ url: 'https://vault.example', kv: { mount: 'secret' } })).toThrow(
      'The section vault of the configuration says nothing of how Transat logs in (auth).',
    );
  });

  test('keeps secrets where it is told to', () => {
    const vault = { url: 'https://vault.example', auth: { method: 'token' } };
    expect(open({ ...vault, kv: { mount: 'secret' } })?.kv).toBeDefined();
    expect(open({ ...vault, transit: { mount: 'transit', key: 'k' } })?.kv).toBeUndefined();
  });
});
