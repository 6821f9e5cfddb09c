import type { KeyObject } from 'node:crypto';

/** The fields of a key as SSH has it (RFC 4253 6.6): each after its length, to the last byte; undefined where that does not come out even. */
export function readFields(bytes: Buffer): Buffer[] | undefined {
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

const curves: Record<string, string> = { 'P-256': 'nistp256', 'P-384': 'nistp384', 'P-521': 'nistp521' };

/** A public key as SSH has it (RFC 4253, 5656, 8709); undefined for kinds that SSH does not have. */
export function sshBytes(key: KeyObject): Buffer | undefined {
  if (!['rsa', 'ec', 'ed25519'].includes(key.asymmetricKeyType ?? '')) return undefined;
  const { kty, crv = '', n = '', e = '', x = '', y = '' } = exported(key) ?? {};
  const bytes = (text: string) => Buffer.from(text, 'base64url');
  if (kty === 'RSA') return joined([Buffer.from('ssh-rsa'), number(bytes(e)), number(bytes(n))]);
  if (kty === 'OKP' && crv === 'Ed25519') return joined([Buffer.from('ssh-ed25519'), bytes(x)]);
  const curve = curves[crv];
  if (kty !== 'EC' || curve === undefined) return undefined;
  return joined([Buffer.from(`ecdsa-sha2-${curve}`), Buffer.from(curve), Buffer.concat([Buffer.of(4), bytes(x), bytes(y)])]);
}

// curves that JSON Web Keys have no name for are none of SSH's either
function exported(key: KeyObject): JsonWebKey | undefined {
  try {
    return key.export({ format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** A number is positive: a first bit that is set gets a zero before it. */
const number = (bytes: Buffer): Buffer => ((bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes);

function joined(fields: Buffer[]): Buffer {
  return Buffer.concat(
    fields.flatMap((field) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(field.length);
      return [length, field];
    }),
  );
}
