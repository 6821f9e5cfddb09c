import { X509Certificate } from 'node:crypto';

/** A certificate authority that somebody named, as far as people want to know of it. */
export interface Authority {
  subject: string;
  /** ISO 8601 */
  validTo: string;
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g;
const MOST = 50;

/**
 * Reads the certificates of a PEM text.
 * @returns what they are, and their text without anything around it; or what is wrong, as a sentence
 */
export function readAuthorities(pem: string, now: Date): { authorities: Authority[]; pem: string } | { fault: string } {
  const blocks = [...pem.matchAll(BLOCK)];
  if (blocks.some(([, kind]) => kind?.includes('PRIVATE KEY'))) {
    return { fault: 'There is a private key in it. Paste certificates only, and consider that key known to others.' };
  }
  const certificates = blocks.filter(([, kind]) => kind === 'CERTIFICATE' || kind === 'TRUSTED CERTIFICATE').map(([text]) => text);
  if (certificates.length === 0) return { fault: 'There is no certificate in it: it begins with -----BEGIN CERTIFICATE-----.' };
  if (certificates.length > MOST) return { fault: `It has more than ${MOST} certificates.` };
  const authorities: Authority[] = [];
  for (const [index, text] of certificates.entries()) {
    const certificate = parse(text);
    if (!certificate) return { fault: `Certificate ${index + 1} can’t be read; it may have been cut off.` };
    if (certificate.validToDate < now)
      return { fault: `Certificate ${index + 1} expired on ${certificate.validToDate.toISOString().slice(0, 10)}.` };
    authorities.push({ subject: certificate.subject.replaceAll('\n', ', '), validTo: certificate.validToDate.toISOString() });
  }
  return { authorities, pem: `${certificates.join('\n')}\n` };
}

function parse(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}
