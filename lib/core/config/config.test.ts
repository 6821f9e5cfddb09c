import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from './index';

function folderWith(yaml: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'transat-config-'));
  writeFileSync(join(folder, 'transat.yaml'), yaml);
  return folder;
}
const empty = mkdtempSync(join(tmpdir(), 'transat-config-'));

describe('readConfig', () => {
  it('is the sandbox, and no directory, where there is no file', () => {
    const config = readConfig({}, empty);
    expect(config).toMatchObject({
      url: 'http://localhost:3000',
      sandbox: true,
      directory: false,
      callbackUrl: null,
      sandboxUrl: 'http://localhost:3100',
    });
  });

  it('knows who runs it, where its operator says so', () => {
    const about = (text: string) => readConfig({}, folderWith(`about: ${text}\n`)).about;
    expect(about('{operator: IFCA, operatorUrl: "https://ifca.example.org/", contact: help@example.org}')).toEqual({
      operator: 'IFCA',
      operatorUrl: 'https://ifca.example.org',
      contact: 'help@example.org',
    });
    expect(readConfig({}, empty).about).toBeUndefined();
    expect(() => about('{operatorUrl: "https://ifca.example.org"}')).toThrow(/about.operator/);
    expect(() => about('{operator: IFCA, source: "javascript:alert(1)"}')).toThrow(/about.source/);
  });

  it('leaves the sandbox off where sites are configured, unless asked', () => {
    const folder = folderWith('url: https://t.example.org\n');
    expect(readConfig({}, folder)).toMatchObject({ sandbox: false, directory: true, callbackUrl: 'https://t.example.org' });
    expect(readConfig({ TRANSAT_SANDBOX: '1' }, folder)).toMatchObject({ sandbox: true });
  });

  it('follows PORT where no address is given', () => {
    expect(readConfig({ PORT: '4010' }, empty)).toMatchObject({ url: 'http://localhost:4010', sandboxUrl: 'http://localhost:4110' });
  });

  it.each([
    ['an unknown key', 'url: https://t.example.org\nfoo: 1\n', /transat\.yaml:2: foo: /],
    ['a wrong value', 'sites:\n  - id: a\n    name: A\n    authUrl: ftp://x\n    methods: [oidc]\n', /transat\.yaml:4: sites\.0\.authUrl/],
    [
      'a rule for leases that makes no sense',
      'sites:\n  - id: a\n    name: A\n    authUrl: https://x.example.org/v3\n    methods: [password]\n    leases:\n      idle: {warnHours: 9, endHours: 6}\n',
      /transat\.yaml:7: sites\.0\.leases\.idle: warnHours comes before endHours/,
    ],
    [
      'a price of two kinds',
      'sites:\n  - id: a\n    name: A\n    authUrl: https://x.example.org/v3\n    methods: [password]\n    leases:\n      prices: {unit: SU, hosts: [{nodeType: x, perHour: 1, perGpu: 2}]}\n',
      /transat\.yaml:7: sites\.0\.leases\.prices\.hosts\.0: Give either/,
    ],
    [
      'a password that nodes would be told openly',
      'sites:\n  - id: a\n    name: A\n    authUrl: https://x.example.org/v3\n    methods: [password]\n    proxy: http://me:secret@proxy.example.org:3128\n',
      /transat\.yaml:6: sites\.0\.proxy/,
    ],
    ['bad YAML', 'url: [\n', /transat\.yaml:\d+: /],
    [
      'a secret in the file itself',
      'providers:\n  - {id: a, name: A, issuer: "https://i.example.org", clientId: c, clientSecret: plain}\n',
      /transat\.yaml:2: providers\.0\.clientSecret/,
    ],
    [
      'a secret that is not set',
      'providers:\n  - {id: a, name: A, issuer: "https://i.example.org", clientId: c, clientSecret: {env: NOT_SET}}\n',
      /NOT_SET/,
    ],
  ])('names the line of %s', (_name, yaml, message) => {
    expect(() => readConfig({}, folderWith(yaml))).toThrow(message);
  });

  it('reads secrets from where they are kept, and does not show them', () => {
    const folder = folderWith('providers:\n  - {id: a, name: A, issuer: "https://i.example.org/", clientId: c, clientSecret: {file: s}}\n');
    writeFileSync(join(folder, 's'), 'canary\n');
    const config = readConfig({}, folder);
    expect(config.providers[0]?.clientSecret?.reveal()).toBe('canary');
    expect(config.providers[0]?.issuer).toBe('https://i.example.org');
    expect(JSON.stringify(config)).not.toContain('canary');
  });
});
