import { randomBytes, randomInt } from 'node:crypto';
import type { Generated } from '@/lib/catalog/types';
import { type Clock, systemClock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import { generateCertificateAuthority } from './certificate-authority';
import { generateKeyPair } from './ssh-key';

const LOWER = 'abcdefghijkmnpqrstuvwxyz';
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '23456789';
const PASSWORD_LENGTH = 24;

/**
 * A new secret of the given kind, by parts: `ssh-key` has `private` and `public`, `ca` has `cert`, `key` and `hash`, every other
 * kind has `value`. Passwords have 24 letters and digits, none of which reads as another; the rest is as the software wants it.
 */
export async function generateSecret(kind: Generated, clock: Clock = systemClock): Promise<Secret<Record<string, string>>> {
  switch (kind) {
    case 'ssh-key':
      return generateKeyPair();
    case 'ca':
      return generateCertificateAuthority('Transat deployment CA', clock.now());
    default:
      return new Secret({ value: generateText(kind) });
  }
}

function generateText(kind: Exclude<Generated, 'ssh-key' | 'ca'>): string {
  switch (kind) {
    case 'password':
      return password();
    case 'token':
      return randomBytes(32).toString('hex');
    case 'munge': // munge.key(7): 128 bytes are what mungekey(8) makes
      return randomBytes(128).toString('base64');
    case 'kubeadm-token': // kubeadm-token(8): [a-z0-9]{6}.[a-z0-9]{16}
      return `${pick(`abcdefghijklmnopqrstuvwxyz0123456789`, 6)}.${pick('abcdefghijklmnopqrstuvwxyz0123456789', 16)}`;
    case 'certificate-key': // kubeadm-init(8): a hexadecimal AES key of 32 bytes
      return randomBytes(32).toString('hex');
  }
}

// Rules of password quality ask for every kind of character; a draw that lacks one is thrown away.
function password(): string {
  for (;;) {
    const drawn = pick(LOWER + UPPER + DIGITS, PASSWORD_LENGTH);
    if ([LOWER, UPPER, DIGITS].every((kind) => [...drawn].some((char) => kind.includes(char)))) return drawn;
  }
}

function pick(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
