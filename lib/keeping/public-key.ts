import { createHash } from 'node:crypto';

// Types that current OpenSSH accepts by default; DSA and plain RSA below 2048 bits it does not.
const types = [
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
];
const MIN_RSA_BYTES = 2048 / 8;

/**
 * Reads one OpenSSH public key: type, base64 and a comment. Options and further lines are refused, as the key is written into
 * authorized_keys of every node.
 * @returns the key in one clean line with its SHA-256 fingerprint, or what is wrong with it
 */
export function parsePublicKey(text: string): { line: string; fingerprint: string } | { problem: string } {
  const trimmed = text.trim();
  if (/PRIVATE KEY/.test(trimmed))
    return { problem: 'This is a private key. Keep it to yourself, and give the public one (its file ends in .pub).' };
  if (/[\r\n]/.test(trimmed)) return { problem: 'Give one key, in one line.' };
  const [type = '', body = '', ...comment] = trimmed.split(/[ \t]+/);
  if (!types.includes(type)) return { problem: `A public key begins with its type: ${types.slice(0, 3).join(', ')} …` };
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) return { problem: 'The key itself is not base64.' };
  const bytes = Buffer.from(body, 'base64');
  const fields = readFields(bytes);
  if (fields?.[0]?.toString('latin1') !== type || fields.length < 2) return { problem: 'The key is cut off or changed.' };
  if (type === 'ssh-rsa' && (fields[2]?.length ?? 0) < MIN_RSA_BYTES)
    return { problem: 'This RSA key is too short; 2048 bits are the least.' };
  const note = comment
    .join(' ')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .slice(0, 100);
  const fingerprint = `SHA256:${createHash('sha256').update(bytes).digest('base64').replace(/=+$/, '')}`;
  return { line: [type, body, note].filter(Boolean).join(' '), fingerprint };
}

// RFC 4253 6.6: length-prefixed fields, to the last byte.
function readFields(bytes: Buffer): Buffer[] | undefined {
  const fields: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length) return undefined;
    const length = bytes.readUInt32BE(at);
    if (at + 4 + length > bytes.length) return undefined;
    fields.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}
