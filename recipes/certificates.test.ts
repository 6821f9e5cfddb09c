import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateCertificateAuthority } from '@/lib/nodes/secrets/certificate-authority';

const functions = join(import.meta.dirname, 'shared/certificates.sh');
const [authority, other] = ['one', 'other'].map((name) => generateCertificateAuthority(name, new Date()).reveal());
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'certificates-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function bash(script: string, by: { cert: string; key: string } | undefined = authority): { code: number | null; printed: string } {
  const env = {
    NODE_ENV: 'test' as const,
    PATH: process.env.PATH,
    TMPDIR: folder,
    NODE_NAME: 'machine-1',
    CA_CERT: by?.cert,
    CA_KEY: by?.key,
  };
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', `set -euo pipefail; . ${functions}; cd ${folder}; ${script}`], {
    env,
    encoding: 'utf8',
  });
  return { code: status, printed: stdout + stderr };
}
const sign = (...addresses: string[]) => bash(`sign_certificate ${folder} broker serverAuth,clientAuth ${addresses.join(' ')}`);
const stays = (addresses = '', by = authority) => bash(`certificate_stays ${folder}/certificate.pem ${addresses}`, by).code === 0;
const text = () => String(execFileSync('openssl', ['x509', '-in', join(folder, 'certificate.pem'), '-noout', '-text']));

describe('a certificate that the deployment’s authority signs', () => {
  it('is for a name, the machine’s own and its addresses, and for what it is used', () => {
    expect(sign('10.0.0.1', '192.0.2.7')).toEqual({ code: 0, printed: '' });
    expect(text()).toContain('IP Address:192.0.2.7, IP Address:10.0.0.1, DNS:machine-1');
    expect(text()).toContain('TLS Web Server Authentication, TLS Web Client Authentication');
    expect(text()).toMatch(/Subject: CN ?= ?broker/);
  });

  it('leaves beside it a key for root alone, and nothing of the authority', () => {
    sign();
    expect(readdirSync(folder).toSorted()).toEqual(['certificate.pem', 'key.pem']);
    expect(statSync(join(folder, 'key.pem')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'key.pem'), 'utf8')).not.toContain(authority?.key.split('\n')[1]);
  });

  it('ends after 825 days', () => {
    sign();
    const { printed } = bash('certificate_ends certificate.pem');
    expect(printed).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n$/);
    expect(Math.round((Date.parse(printed.trim()) - Date.now()) / 86_400_000)).toBe(825);
  });

  it('ends the step where the authority’s key is none, and leaves nothing of it', () => {
    const broken = bash(`sign_certificate ${folder} a serverAuth; echo went on`, { cert: authority?.cert ?? '', key: 'none' });
    expect([broken.code === 0, broken.printed]).toEqual([false, '']);
    expect(readdirSync(folder).filter((name) => name.startsWith('signing'))).toEqual([]);
  });
});

describe('a certificate that is there', () => {
  it('stays while it is of this authority, for these addresses, and has another month', () => {
    sign('10.0.0.1', '192.0.2.7');
    expect([stays(), stays('10.0.0.1'), stays('10.0.0.1 192.0.2.7')]).toEqual([true, true, true]);
    expect(readdirSync(folder).toSorted()).toEqual(['certificate.pem', 'key.pem']);
  });

  it.each([
    ['is for another address', '10.0.0.2', authority],
    ['is for one address of two alone', '10.0.0.1 10.0.0.2', authority],
    ['is of another authority', '10.0.0.1', other],
  ])('does not where it %s', (_, addresses, by) => {
    sign('10.0.0.1');
    expect(stays(addresses, by)).toBe(false);
  });

  it('does not where it ends within a month', () => {
    sign('10.0.0.1');
    const days = (count: number) =>
      bash(`eval "$(declare -f sign_certificate | sed 's/825/${count}/')"; sign_certificate ${folder} a serverAuth 10.0.0.1`);
    expect([days(31).code, stays('10.0.0.1')]).toEqual([0, true]);
    expect([days(29).code, stays('10.0.0.1')]).toEqual([0, false]);
  });

  it('does not where there is none', () => {
    expect(stays()).toBe(false);
    writeFileSync(join(folder, 'certificate.pem'), 'none');
    expect(stays()).toBe(false);
  });
});

describe('a certificate that a machine signs for itself', () => {
  const own = (address: string, days?: number) =>
    bash(
      `log() { echo "$*"; }; ${days ? `openssl() { set -- "\${@/#825/${days}}"; command openssl "$@"; };` : ''} own_certificate key.pem certificate.pem ${address} IP:10.0.0.1 DNS:machine-1`,
    );
  const signed = (address: string) => ({ code: 0, printed: `Signing a certificate for ${address}\n` });
  const stays = { code: 0, printed: '' };

  it('is for its addresses and names, with a key for root alone, and is known by its fingerprint', () => {
    expect(own('192.0.2.7')).toEqual(signed('192.0.2.7'));
    expect(text()).toContain('IP Address:192.0.2.7, IP Address:10.0.0.1, DNS:machine-1');
    expect(statSync(join(folder, 'key.pem')).mode & 0o777).toBe(0o600);
    expect(bash('certificate_fingerprint certificate.pem').printed).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}\n$/);
  });

  it('stays as long as it may, and is another one for another address, or in the month before its end', () => {
    own('192.0.2.7');
    expect(own('192.0.2.7')).toEqual(stays);
    expect(own('192.0.2.8')).toEqual(signed('192.0.2.8'));
    rmSync(join(folder, 'certificate.pem'));
    for (const days of [29, 31]) expect(own('192.0.2.8', days)).toEqual(signed('192.0.2.8'));
    expect(own('192.0.2.8')).toEqual(stays);
  });
});
