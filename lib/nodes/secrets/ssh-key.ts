import ssh2 from 'ssh2';
import { Secret } from '@/lib/core/secret';

/** An OpenSSH key pair: `private` as the text of a key file, `public` as one line without a comment. */
export type KeyPair = { private: string; public: string };

/** A new Ed25519 key pair without a passphrase, for people, Transat's own logins, or a node's host key. */
export function generateKeyPair(): Secret<KeyPair> {
  const pair = ssh2.utils.generateKeyPairSync('ed25519');
  return new Secret({ private: pair.private, public: pair.public.trim() });
}
