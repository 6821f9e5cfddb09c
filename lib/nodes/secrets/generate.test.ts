import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, describe, expect, it } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { generateSecret } from './generate';

const folder = mkdtempSync(join(tmpdir(), 'transat-secrets-'));
const programOfOpenSsl = process.env.OPENSSL ?? 'openssl';
afterAll(() => rmSync(folder, { recursive: true }));

describe('a generated secret', () => {
  it.each([
    ['password', /^[a-km-np-zA-HJ-NP-Z2-9]{24}$/],
    ['token', /^[0-9a-f]{64}$/],
    ['munge', /^[A-Za-z0-9+/]{171}=$/],
    ['kubeadm-token', /^[a-z0-9]{6}\.[a-z0-9]{16}$/],
    ['certificate-key', /^[0-9a-f]{64}$/],
  ] as const)('has the form that %s needs, and another value each time', async (kind, form) => {
    const values = new Set<string | undefined>();
    for (let count = 0; count < 50; count += 1) {
      const { value } = (await generateSecret(kind)).reveal();
      expect(value).toMatch(form);
      values.add(value);
    }
    expect(values.size).toBe(50);
  });

  it('has capital and small letters and digits in every password', async () => {
    for (let count = 0; count < 200; count += 1) {
      expect((await generateSecret('password')).reveal().value).toMatch(/(?=.*[a-z])(?=.*[A-Z])(?=.*[2-9])/);
    }
  });

  it('is an SSH key pair whose halves belong together', async () => {
    const pair = (await generateSecret('ssh-key')).reveal();
    const parsed = ssh2.utils.parseKey(pair.private ?? '');
    if (parsed instanceof Error) throw parsed;
    expect(`ssh-ed25519 ${parsed.getPublicSSH().toString('base64')}`).toBe(pair.public);
    expect(parsed.verify('text', parsed.sign('text'))).toBe(true);
  });

  it('prints as nothing', async () => {
    expect(`${await generateSecret('token')} ${JSON.stringify(await generateSecret('ca'))}`).toBe('*** "***"');
  });
});

describe('a generated certificate authority', () => {
  const now = new Date('2045-06-30T12:00:00Z');

  it('is a certificate that its own key signed, good from now for ten years, over the change of date formats in 2050', async () => {
    const { cert = '', key = '' } = (await generateSecret('ca', new ManualClock(now))).reveal();
    const certificate = new X509Certificate(cert);
    expect(certificate.ca).toBe(true);
    expect(certificate.subject).toBe('CN=Transat deployment CA');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(certificate.validFromDate).toEqual(new Date('2045-06-30T11:50:00Z'));
    expect(certificate.validToDate).toEqual(new Date('2055-06-30T12:00:00Z'));
  });

  it('has the hash of its public key, as kubeadm computes it', async () => {
    const { cert = '', hash } = (await generateSecret('ca')).reveal();
    const spki = createPublicKey(cert).export({ type: 'spki', format: 'der' });
    expect(hash).toBe(`sha256:${createHash('sha256').update(spki).digest('hex')}`);
  });

  it('is accepted by OpenSSL, strictly, and may sign others', async () => {
    const { cert = '', key = '' } = (await generateSecret('ca')).reveal();
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text, { mode: 0o600 });
      return join(folder, name);
    };
    const openssl = (...command: string[]) => execFileSync(programOfOpenSsl, command, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    const authority = file('ca.crt', cert);
    expect(openssl('verify', '-x509_strict', '-CAfile', authority, authority)).toContain('OK');
    openssl(
      'req',
      '-new',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'leaf.key',
      '-out',
      'leaf.csr',
      '-subj',
      '/CN=leaf',
    );
    openssl(
      'x509',
      '-req',
      '-in',
      'leaf.csr',
      '-CA',
      authority,
      '-CAkey',
      file('ca.key', key),
      '-set_serial',
      '7',
      '-out',
      'leaf.crt',
      '-days',
      '1',
    );
    expect(openssl('verify', '-CAfile', authority, 'leaf.crt')).toContain('OK');
  });
});
