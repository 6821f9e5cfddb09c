import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '@/lib/core/config';
import { providerWith } from '@/lib/core/config/provider';
import { openTestStore } from '@/lib/store/test-store';
import { createDirectory } from './directory';
import { directorySites } from './directory/builtin';
import { distanceKm } from './distance';

const provider = (id: string, issuer: string) => providerWith({ id, name: id, issuer, clientId: 'c' });

describe('the built-in directory', () => {
  const sites = directorySites([provider('check-in', 'https://aai.egi.eu/auth/realms/egi')]);

  test('has the 25 sites of EGI and six of Chameleon, each once, each on the map', () => {
    expect(sites.filter(({ provider }) => provider === 'egi')).toHaveLength(25);
    expect(sites.filter(({ provider }) => provider === 'chameleon')).toHaveLength(6);
    expect(new Set(sites.map(({ id }) => id)).size).toBe(31);
    for (const { lat = 99, lon = 999, city, authUrl, methods } of sites) {
      expect(Math.abs(lat)).toBeLessThan(90);
      expect(Math.abs(lon)).toBeLessThan(180);
      expect(city).toBeTruthy();
      expect(authUrl).toMatch(/^https:\/\/.*\/v3$/);
      expect(methods).not.toHaveLength(0);
    }
  });

  test('virtual machines need a lease where Chameleon says so, and nowhere else', () => {
    expect(sites.filter(({ rules }) => rules.flavorLeases).map(({ id }) => id)).toEqual(['kvm-tacc']);
  });

  test('leases have the rules that Chameleon published, where there are leases', () => {
    for (const { features, rules, provider } of sites)
      expect([features.leases, rules.leases !== undefined]).toEqual(Array(2).fill(provider === 'chameleon'));
    const rulesOf = (id: string) => sites.find((site) => site.id === id)?.rules.leases;
    expect(rulesOf('chi-uc')).toMatchObject({
      maxDays: 7,
      extensionWindowHours: 48,
      extensionFrom: 'end',
      defaultNodeType: 'compute_skylake',
    });
    expect(rulesOf('kvm-tacc')).toMatchObject({ maxDays: 183, flavorMaxDays: [{ flavor: 'g1.h100.*', days: 7 }], changeableFlavors: true });
  });

  test('a sign-in is only for the sites of its own issuer', () => {
    const takers = sites.filter(({ oidcProvider }) => oidcProvider !== undefined);
    expect(takers.every((site) => site.provider === 'egi' && site.oidcProvider === 'check-in')).toBe(true);
    expect(directorySites([provider('egi', 'https://evil.example.org')]).some(({ oidcProvider }) => oidcProvider)).toBe(false);
    expect(directorySites([provider('x', 'https://notegi.eu')]).some(({ methods }) => methods.includes('oidc'))).toBe(false);
  });
});

describe('the directory of a configuration', () => {
  test('the sandbox has its two shores, two sites that can’t be used, and no real one', async () => {
    const { db } = await openTestStore();
    const config = readConfig({ TRANSAT_SANDBOX_URL: 'http://localhost:4600' }, '/nowhere');
    const { of, find } = createDirectory(config, [], db);
    expect((await of(null)).map(({ id }) => id)).toEqual([
      'sandbox-europe',
      'sandbox-america',
      'sandbox-kvm',
      'sandbox-portugal',
      'sandbox-poland',
    ]);
    expect(await find(null, 'sandbox-europe')).toMatchObject({ authUrl: 'http://localhost:4600/europe/v3', sandbox: true });
    expect(distanceKm({ lat: 50.85, lon: 4.35 }, { lat: 41.88, lon: -87.63 })).toBeGreaterThan(6500);
  });

  test('a site for which the operator gives rules for leases has leases, bare metal or not', async () => {
    const { db } = await openTestStore();
    const folder = mkdtempSync(join(tmpdir(), 'transat-directory-'));
    const site = 'name: A, authUrl: "https://a.example.org/v3", methods: [password]';
    writeFileSync(
      join(folder, 'transat.yaml'),
      `sites:\n  - {id: a, ${site}, leases: {maxDays: 3}}\n  - {id: b, ${site}}\n  - {id: c, ${site}, bareMetalFlavors: [m]}\ndirectory: false\n`,
    );
    const { common } = createDirectory(readConfig({}, folder), [], db);
    expect(common.map(({ features, rules }) => [features.leases, rules.leases])).toEqual([
      [true, { maxDays: 3 }],
      [false, undefined],
      [true, undefined],
    ]);
  });

  test('a person’s own site is theirs alone, and never leads to inner addresses', async () => {
    const { db } = await openTestStore();
    const now = new Date();
    for (const id of ['ann', 'bob']) {
      await db
        .insertInto('users')
        .values({ id, issuer: 'i', subject: id, provider: 'p', name: id, email: null, locale: null, created_at: now })
        .execute();
    }
    const site = {
      name: 'Mine',
      authUrl: 'https://keystone.example.org/v3',
      methods: ['password'],
      allowPrivate: true,
      oidcProvider: 'egi',
    };
    await db
      .insertInto('custom_sites')
      .values({ id: 'site_1', user_id: 'ann', site: JSON.stringify(site), created_at: now })
      .execute();
    const directory = createDirectory(readConfig({ TRANSAT_SANDBOX: '1' }, '/nowhere'), [], db);
    const own = await directory.find('ann', 'site_1');
    expect(own).toMatchObject({ name: 'Mine', provider: 'custom' });
    expect(own?.allowPrivate).toBeUndefined();
    expect(own?.oidcProvider).toBeUndefined();
    expect(await directory.find('bob', 'site_1')).toBeUndefined();
    expect(await directory.find(null, 'site_1')).toBeUndefined();
  });
});
