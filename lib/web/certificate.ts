import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { checkUrl, guardedLookup } from './guard';
import type { Peer } from './types';

/** From the first look at the name to the certificate, whatever comes meanwhile. */
const TOTAL_MS = 5_000;

/** A certificate as people compare it: whose it is by its own words, and its SHA-256 as openssl writes it (`AB:CD:…`). Moments are ISO 8601. */
export interface Certificate {
  pem: string;
  fingerprint: string;
  subject: string;
  issuer: string;
  validFrom: string;
  validTo: string;
}

/** The certificates of a PEM, in their order; what is none of it is left out. Pure. */
export function certificatesIn(pem: string): Certificate[] {
  return (pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map((one) =>
    described(new X509Certificate(one)),
  );
}

function described(certificate: X509Certificate): Certificate {
  const { subject, issuer, validFromDate, validToDate, fingerprint256 } = certificate;
  const inOneLine = (name: string | undefined) => (name ?? '').split('\n').join(', ');
  return {
    pem: certificate.toString(),
    fingerprint: fingerprint256,
    subject: inOneLine(subject),
    issuer: inOneLine(issuer),
    validFrom: validFromDate.toISOString(),
    validTo: validToDate.toISOString(),
  };
}

/**
 * Looks which certificate is presented at a peer's address, whoever signed it. Nothing is sent there: whoever asks compares it with what was told on
 * another way before it is trusted. Null where nothing is presented in time.
 * @throws AppError `site-address-refused`
 */
export function presentedCertificate(peer: Peer, totalMs = TOTAL_MS): Promise<Certificate | null> {
  const url = new URL(peer.address);
  checkUrl(url, peer);
  if (url.protocol !== 'https:') return Promise.resolve(null);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(url.port || 443),
      rejectUnauthorized: false,
      lookup: guardedLookup(peer),
      ...(isIP(host) ? {} : { servername: host }),
    });
    const end = (found: Certificate | null) => {
      clearTimeout(late);
      socket.destroy();
      resolve(found);
    };
    // not the socket's own time, which counts anew with each byte
    const late = setTimeout(() => end(null), totalMs);
    socket.once('error', () => end(null));
    socket.once('secureConnect', () => {
      const { raw } = socket.getPeerCertificate();
      end(raw ? described(new X509Certificate(raw)) : null);
    });
  });
}
