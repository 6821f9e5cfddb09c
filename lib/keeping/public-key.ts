import { createHash, createPublicKey } from 'node:crypto';
import { readFields, sshBytes } from './ssh-wire';

// Types that current OpenSSH accepts by default; DSA and RSA below 2048 bits it does not.
const types = [
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
];
const LEAST_RSA_BITS = 2048;

/** What can be wrong with a key, in English; words in braces are parameters. */
export const keyProblems = {
  privateKey:
    'This is a private key, and nothing of it was kept. Never give it to anybody: give the public one, which “ssh-keygen -y -f FILE” prints.',
  puttyPrivate:
    'This is a file of PuTTY with a private key in it, and nothing of it was kept. “puttygen FILE.ppk -O public-openssh” prints the public one; in PuTTYgen’s window it stands in the box at the top.',
  certificateOfSsh: 'This is an SSH certificate. Give the key itself, whose file ends in .pub and not in -cert.pub.',
  x509: 'This is an X.509 certificate. “openssl x509 -in FILE -pubkey -noout | ssh-keygen -i -m PKCS8 -f /dev/stdin” prints the key in it.',
  pgp: 'This is a PGP key. “gpg --export-ssh-key YOUR-ID” prints an SSH key of it.',
  fingerprint: 'This is the fingerprint of a key. Give the key itself: its file ends in .pub.',
  before: 'Something stands before the type of the key (an option, or the name of a host). Give what begins with {type}.',
  several: 'Give one key, in one line.',
  unknownType: 'A public key begins with its type: ssh-ed25519, ssh-rsa, ecdsa-sha2-nistp256 …',
  dsa: 'This is a DSA key, which OpenSSH takes no longer. Make a new one: ssh-keygen -t ed25519',
  shortRsa: 'This RSA key has {bits} bits; 2048 are the least. Make a new one: ssh-keygen -t ed25519',
  notBase64: 'The key itself is not base64.',
  cutOff: 'The key is cut off or changed.',
  otherKey: 'This is a public key of a kind that SSH does not have. Make one: ssh-keygen -t ed25519',
} as const;
export type KeyProblem = keyof typeof keyProblems;
export type ReadKey = { line: string; fingerprint: string } | { problem: KeyProblem; params?: Record<string, string> };

/**
 * Reads one public key: a line as OpenSSH has it, the file of PuTTY and others (RFC 4716), or PEM (PKCS8, PKCS1). Options and further lines
 * are refused, as the key is written into authorized_keys of every node.
 * @returns the key in one clean line with its SHA-256 fingerprint, or what is wrong with it
 */
export function parsePublicKey(text: string): ReadKey {
  const trimmed = text.trim();
  const mark = markOf(trimmed);
  if (mark !== undefined) return { problem: mark };
  if (/^---- ?BEGIN SSH2 PUBLIC KEY ?----/.test(trimmed)) return readRfc4716(trimmed);
  if (/^-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(trimmed)) return readPem(trimmed);
  const line = joined(trimmed);
  if (line === undefined) return { problem: 'several' };
  const [type = '', body = '', ...comment] = line.split(/[ \t]+/);
  if (/-cert-v\d+@openssh\.com$/.test(type)) return { problem: 'certificateOfSsh' };
  if (!types.includes(type) && type !== 'ssh-dss') {
    const later = types.find((each) => new RegExp(`[\\s]${each.replace(/[.@]/g, '\\$&')}\\s`).test(line));
    return later === undefined ? { problem: 'unknownType' } : { problem: 'before', params: { type: later } };
  }
  return check(body, comment.join(' '), type);
}

function markOf(text: string): KeyProblem | undefined {
  if (/^PuTTY-User-Key-File-/m.test(text)) return 'puttyPrivate';
  if (/PRIVATE KEY/.test(text)) return 'privateKey';
  if (/^-----BEGIN (?:TRUSTED )?CERTIFICATE/.test(text)) return 'x509';
  if (text.startsWith('-----BEGIN PGP')) return 'pgp';
  return /^(?:\d+ )?(?:SHA256:|MD5:(?:[\da-f]{2}:))/.test(text) ? 'fingerprint' : undefined;
}

/** A key that a terminal or a mail has broken into lines, as one; undefined where these are several. */
function joined(text: string): string | undefined {
  const [first = '', ...rest] = text.split(/\r?\n/).map((line) => line.trim());
  if (rest.length === 0) return first;
  const isKey = /^\S+\s+[A-Za-z0-9+/]+$/.test(first) && rest.slice(0, -1).every((line) => /^[A-Za-z0-9+/]+$/.test(line));
  return isKey && /^[A-Za-z0-9+/]+={0,2}(?:\s.*)?$/.test(rest.at(-1) ?? '') ? first + rest.join('') : undefined;
}

/** RFC 4716: headers, which may go on in the next line after a backslash, and base64 to the end. */
function readRfc4716(text: string): ReadKey {
  const lines = text.replaceAll(/\\\r?\n/g, '').split(/\r?\n/);
  const end = lines.findIndex((line) => /^---- ?END SSH2 PUBLIC KEY ?----/.test(line));
  if (end < 0) return { problem: 'cutOff' };
  if (lines.slice(end + 1).some((line) => line.trim() !== '')) return { problem: 'several' };
  const inside = lines.slice(1, end);
  const comment = inside.map((line) => /^Comment:\s*(.*)$/i.exec(line)?.[1]).find((found) => found !== undefined) ?? '';
  return check(
    inside
      .filter((line) => !line.includes(':'))
      .join('')
      .replaceAll(/\s/g, ''),
    comment.replaceAll(/^"|"$/g, ''),
  );
}

function readPem(text: string): ReadKey {
  if ((text.match(/-----BEGIN /g)?.length ?? 0) > 1) return { problem: 'several' };
  let key: ReturnType<typeof createPublicKey>;
  try {
    key = createPublicKey(text);
  } catch {
    return { problem: 'cutOff' };
  }
  if (key.asymmetricKeyType === 'dsa') return { problem: 'dsa' };
  const bytes = sshBytes(key);
  return bytes ? check(bytes.toString('base64'), '') : { problem: 'otherKey' };
}

/** Looks into the key itself. @param said the type that stands before it */
function check(body: string, comment: string, said?: string): ReadKey {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) return { problem: 'notBase64' };
  const bytes = Buffer.from(body, 'base64');
  const fields = readFields(bytes);
  const type = fields?.[0]?.toString('latin1') ?? '';
  if (!fields || fields.length < 2 || (said !== undefined && type !== said)) return { problem: 'cutOff' };
  if (type === 'ssh-dss') return { problem: 'dsa' };
  if (!types.includes(type)) return { problem: /-cert-v\d+@/.test(type) ? 'certificateOfSsh' : 'otherKey' };
  const bits = type === 'ssh-rsa' ? bitsOf(fields[2]) : LEAST_RSA_BITS;
  if (bits < LEAST_RSA_BITS) return { problem: 'shortRsa', params: { bits: String(bits) } };
  const note = comment.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 100);
  const fingerprint = `SHA256:${createHash('sha256').update(bytes).digest('base64').replace(/=+$/, '')}`;
  return { line: [type, body, note].filter(Boolean).join(' '), fingerprint };
}

// a number of RFC 4251 begins with a zero byte where its first bit is set
function bitsOf(number: Buffer | undefined): number {
  const first = number?.findIndex((byte) => byte !== 0) ?? -1;
  return number && first >= 0 ? (number.length - first) * 8 - Math.clz32(number[first] ?? 0) + 24 : 0;
}
