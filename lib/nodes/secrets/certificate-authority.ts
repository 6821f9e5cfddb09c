import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { Secret } from '@/lib/core/secret';
import { bits, explicit, integer, octets, oid, pem, sequence, set, tagged, time, truth, utf8 } from './der';

/**
 * `cert` and `key` as PEM; `hash` as kubeadm's `--discovery-token-ca-cert-hash` takes it: SHA-256 of the public key
 * (its SubjectPublicKeyInfo) as `sha256:<hexadecimal>`.
 */
export type CertificateAuthority = { cert: string; key: string; hash: string };

const YEARS = 10;
/** minutes by which a node's clock may be behind */
const SKEW = 10;

/**
 * A new certificate authority: an ECDSA P-256 key and a self-signed X.509 certificate (RFC 5280) that is good for ten years.
 * @param name the common name
 * @param now the moment from which it is good
 */
export function generateCertificateAuthority(name: string, now: Date): Secret<CertificateAuthority> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const algorithm = sequence(oid('1.2.840.10045.4.3.2')); // ecdsa-with-SHA256
  const subject = sequence(set(sequence(oid('2.5.4.3'), utf8(name))));
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() + YEARS);
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  // The identifier is the hash of the key alone, without its algorithm (RFC 5280, 4.2.1.2): the last 65 bytes of a P-256 key.
  const keyId = createHash('sha1').update(spki.subarray(-65)).digest();
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    subject,
    sequence(time(new Date(now.getTime() - SKEW * 60_000)), time(end)),
    subject,
    spki,
    explicit(
      3,
      sequence(
        extension('2.5.29.19', sequence(truth()), true), // basicConstraints: CA
        extension('2.5.29.15', bits(Buffer.from([0b1010_0110]), 1), true), // keyUsage: digitalSignature, keyEncipherment, keyCertSign, cRLSign
        extension('2.5.29.14', octets(keyId)),
        extension('2.5.29.35', sequence(tagged(0x80, keyId))),
      ),
    ),
  );
  const certificate = sequence(body, algorithm, bits(sign('sha256', body, privateKey)));
  return new Secret({
    cert: pem('CERTIFICATE', certificate),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    hash: `sha256:${createHash('sha256').update(spki).digest('hex')}`,
  });
}

function extension(id: string, content: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [truth()] : []), octets(content));
}
