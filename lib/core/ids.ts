import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32: no letter that reads as another

/**
 * A new identifier: a prefix that says of what, and 100 random bits.
 * @param prefix for example `dep`, `cred`, `tok`
 * @returns for example `dep_7m2k…` (20 characters after the underscore)
 */
export function newId(prefix: string): string {
  return `${prefix}_${randomText(20)}`;
}

/**
 * The short form of a deployment's id, which its cloud resources carry in their names: 8 characters.
 * @param deploymentId as {@link newId} made it
 */
export function shortId(deploymentId: string): string {
  return deploymentId.slice(deploymentId.indexOf('_') + 1).slice(0, 8);
}

function randomText(length: number): string {
  return Array.from(randomBytes(length), (byte) => ALPHABET[byte % 32]).join('');
}
