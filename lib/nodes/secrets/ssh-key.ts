import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Secret } from '@/lib/core/secret';

/** An OpenSSH key pair: `private` as the text of a key file, `public` as one line without a comment. */
export type KeyPair = { private: string; public: string };

const TYPE = 'ssh-ed25519';
const BLOCK_BYTES = 8;

/** A new Ed25519 key pair without a passphrase, for people, Transat's own logins, or a node's host key. */
export function generateKeyPair(): Secret<KeyPair> {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return encodeKeyPair(Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url'));
}

/**
 * Writes a pair as OpenSSH does (its PROTOCOL.key; RFC 8709 for the public half). ssh2's own generator drops the zero that one public
 * key in 256 begins with, and nothing can read such a key.
 * @param seed the 32 bytes of the private key @param point the 32 bytes of the public key
 */
export function encodeKeyPair(seed: Buffer, point: Buffer): Secret<KeyPair> {
  const publicBlob = Buffer.concat([text(TYPE), text(point)]);
  const check = randomBytes(4);
  const body = Buffer.concat([check, check, publicBlob, text(Buffer.concat([seed, point])), text('')]);
  const padding = Buffer.from(Array.from({ length: (BLOCK_BYTES - (body.length % BLOCK_BYTES)) % BLOCK_BYTES }, (_, index) => index + 1));
  const one = Buffer.of(0, 0, 0, 1);
  const head = [Buffer.from('openssh-key-v1\0'), text('none'), text('none'), text(''), one, text(publicBlob)];
  const file = Buffer.concat([...head, text(Buffer.concat([body, padding]))]);
  const lines = file.toString('base64').match(/.{1,70}/g) ?? [];
  return new Secret({
    private: ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n'),
    public: `${TYPE} ${publicBlob.toString('base64')}`,
  });
}

/** SSH's `string`: its length, then its bytes. */
function text(bytes: string | Buffer): Buffer {
  const content = Buffer.from(bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}
