import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePublicKey } from './public-key';

const body = 'AAAAC3NzaC1lZDI1NTE5AAAAIAXUFUZLDhKjvsuKTsUjEz+mmwuUdZmMCeuQM7aiYZBK';
const line = `ssh-ed25519 ${body} ann@laptop`;
const fingerprint = 'SHA256:YRsLuzek8q0cRnjy2d72oIC8PfHIULlnjTNbMl0CL28';
// as PuTTYgen 0.78 and ssh-keygen -e write it
const putty = `---- BEGIN SSH2 PUBLIC KEY ----
Comment: "ann@laptop"
AAAAC3NzaC1lZDI1NTE5AAAAIAXUFUZLDhKjvsuKTsUjEz+mmwuUdZmMCeuQM7ai
YZBK
---- END SSH2 PUBLIC KEY ----
`;
const ppk = (version: 2 | 3) => `PuTTY-User-Key-File-${version}: ssh-ed25519
Encryption: none
Comment: ann@laptop
Public-Lines: 2
AAAAC3NzaC1lZDI1NTE5AAAAIAXUFUZLDhKjvsuKTsUjEz+mmwuUdZmMCeuQM7ai
YZBK
Private-Lines: 1
canary
Private-MAC: adcd0936
`;

describe('a public key is read', () => {
  test.each([
    ['in one line', line],
    ['with blanks around', `\n  ${line}\r\n`],
    ['broken into lines by a terminal', `ssh-ed25519 ${body.slice(0, 30)}\n${body.slice(30, 60)}\n${body.slice(60)} ann@laptop`],
    ['as PuTTY writes it', putty],
    ['as PuTTY writes it on Windows', putty.replaceAll('\n', '\r\n')],
    ['with a comment that goes on in the next line', putty.replace('"ann@laptop"', '"ann@\\\nlaptop"')],
    ['with further headers', putty.replace('Comment:', 'Subject: ann\nComment:')],
  ])('%s', (_, text) => {
    expect(parsePublicKey(text)).toEqual({ line, fingerprint });
  });

  test('without its comment, or with one cleaned of what is not plain', () => {
    expect(parsePublicKey(`ssh-ed25519 ${body}`)).toMatchObject({ line: `ssh-ed25519 ${body}` });
    expect(parsePublicKey(`ssh-ed25519 ${body} añn\u0007`)).toMatchObject({ line: `ssh-ed25519 ${body} an` });
  });

  const pairs: [string, () => { publicKey: KeyObject }, 'pkcs1' | 'spki'][] = [
    ['RSA in PKCS8', () => generateKeyPairSync('rsa', { modulusLength: 2048 }), 'spki'],
    ['RSA in PKCS1', () => generateKeyPairSync('rsa', { modulusLength: 3072 }), 'pkcs1'],
    ['P-256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'spki'],
    ['P-384', () => generateKeyPairSync('ec', { namedCurve: 'P-384' }), 'spki'],
    ['P-521', () => generateKeyPairSync('ec', { namedCurve: 'P-521' }), 'spki'],
  ];
  test.each(pairs)('from PEM, %s, as ssh-keygen converts it', (_, make, type) => {
    const pem = make()
      .publicKey.export({ type: type as 'spki', format: 'pem' })
      .toString();
    const folder = mkdtempSync(join(tmpdir(), 'key-'));
    const file = join(folder, 'key.pem');
    writeFileSync(file, pem);
    const converted = execFileSync('ssh-keygen', ['-i', '-m', type === 'pkcs1' ? 'PEM' : 'PKCS8', '-f', file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(parsePublicKey(pem)).toMatchObject({ line: converted.trim() });
  });

  test('from PEM, Ed25519', () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const read = parsePublicKey(publicKey.export({ type: 'spki', format: 'pem' }).toString());
    const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
    expect('line' in read && Buffer.from(read.line.split(' ')[1] ?? '', 'base64').subarray(-32)).toEqual(raw);
  });
});

const pemOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const privatePem = (type: 'pkcs8' | 'sec1') =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type, format: 'pem' }).toString();
const field = (bytes: Buffer) => Buffer.concat([Buffer.of(0, 0, 0, bytes.length), bytes]);

describe('what is no key that nodes can take is refused by what it is', () => {
  test.each([
    ['a private key of OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----\ncanary\n-----END OPENSSH PRIVATE KEY-----', 'privateKey'],
    ['a private key in PKCS8', privatePem('pkcs8'), 'privateKey'],
    ['a private key of OpenSSL', privatePem('sec1'), 'privateKey'],
    ['an encrypted private key', '-----BEGIN ENCRYPTED PRIVATE KEY-----\ncanary\n-----END ENCRYPTED PRIVATE KEY-----', 'privateKey'],
    ['both halves at once', `${line}\n-----BEGIN OPENSSH PRIVATE KEY-----\ncanary`, 'privateKey'],
    ['PuTTY’s file, version 3', ppk(3), 'puttyPrivate'],
    ['PuTTY’s file, version 2', ppk(2), 'puttyPrivate'],
    ['an SSH certificate', `ssh-ed25519-cert-v01@openssh.com ${body}`, 'certificateOfSsh'],
    ['an X.509 certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', 'x509'],
    ['a PGP key', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQ', 'pgp'],
    ['a fingerprint', 'SHA256:YRsLuzek8q0cRnjy2d72oIC8PfHIULlnjTNbMl0CL28', 'fingerprint'],
    ['a line of ssh-keygen -l', '256 SHA256:rpOvdLVOVmVGaFYt ann@laptop (ED25519)', 'fingerprint'],
    ['options before the key', `command="canary",no-pty ${line}`, 'before'],
    ['a line of known_hosts', `host.example.org ${line}`, 'before'],
    ['several keys', `${line}\n${line}`, 'several'],
    ['several files', `${putty}${putty}`, 'several'],
    ['words', 'my key', 'unknownType'],
    ['nothing', '', 'unknownType'],
    ['no base64', 'ssh-ed25519 AAA!', 'notBase64'],
    ['a key that is cut off', `ssh-ed25519 ${body.slice(0, 40)}`, 'cutOff'],
    ['another type than stands before it', `ssh-rsa ${body}`, 'cutOff'],
    ['a file without its end', putty.split('---- END')[0] ?? '', 'cutOff'],
    ['PEM that is cut off', '-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----', 'cutOff'],
    ['DSA', `ssh-dss ${Buffer.concat([field(Buffer.from('ssh-dss')), field(Buffer.of(1))]).toString('base64')}`, 'dsa'],
    ['DSA in PEM', pemOf(generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).publicKey), 'dsa'],
    ['X25519, which signs nothing', pemOf(generateKeyPairSync('x25519').publicKey), 'otherKey'],
    ['a curve that SSH does not have', pemOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey), 'otherKey'],
  ])('%s', (_, text, problem) => {
    const read = parsePublicKey(text);
    expect(read).toMatchObject({ problem });
    expect(JSON.stringify(read)).not.toContain('canary');
  });

  test.each([1024, 2040])('RSA of %i bits, with their number', (modulusLength) => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength });
    expect(parsePublicKey(pemOf(publicKey))).toEqual({ problem: 'shortRsa', params: { bits: String(modulusLength) } });
  });
});
