import { createPrivateKey, createPublicKey, verify } from 'node:crypto';
import ssh2 from 'ssh2';
import { expect, test } from 'vitest';
import { encodeKeyPair, generateKeyPair } from './ssh-key';

/** The Ed25519 key whose seed is a number (RFC 8410, 7: its PKCS #8 form). */
function keyOf(number: number) {
  const seed = Buffer.alloc(32);
  seed.writeUInt32BE(number);
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  return { seed, key, point: Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url') };
}
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

function parsed(text: string) {
  const key = ssh2.utils.parseKey(text);
  if (key instanceof Error) throw key;
  return Array.isArray(key) ? key[0] : key;
}

test('a pair can be read by SSH, and its halves belong together', () => {
  const pair = generateKeyPair().reveal();
  expect(parsed(pair.private)?.getPublicSSH()).toEqual(parsed(pair.public)?.getPublicSSH());
  expect(pair.public).toMatch(/^ssh-ed25519 [A-Za-z0-9+/=]{68}$/);
});

test('so can those whose public or private half begins with a zero', () => {
  const numbers = Array.from({ length: 2000 }, (_, index) => index);
  const rare = numbers.map(keyOf).filter(({ point }) => point[0] === 0);
  expect(rare.length).toBeGreaterThan(0);
  for (const { seed, key, point } of rare) {
    const pair = encodeKeyPair(seed, point).reveal();
    const signature = parsed(pair.private)?.sign('message');
    if (!(signature instanceof Buffer)) throw new Error('it does not sign');
    expect(verify(null, Buffer.from('message'), createPublicKey(key), signature)).toBe(true);
    expect(parsed(pair.public)?.type).toBe('ssh-ed25519');
  }
});
