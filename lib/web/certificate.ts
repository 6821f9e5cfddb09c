import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { checkUrl, guardedLookup } from './guard';
import type { Peer } from './types';

/** From the first look at the name to the certificate, whatever comes meanwhile. */
const TOTAL_MS = 5_000;

/** The certificate that somebody presents, and its SHA-256 as openssl writes it: `AB:CD:…`. */
interface Presented {
  pem: string;
  fingerprint: string;
}

/**
 * Looks which certificate is presented at a peer's address, whoever signed it. Nothing is sent there: whoever asks compares it with what was told on
 * another way before it is trusted. Null where nothing is presented in time.
 * @throws AppError `site-address-refused`
 */
export function presentedCertificate(peer: Peer, totalMs = TOTAL_MS): Promise<Presented | null> {
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
    const end = (found: Presented | null) => {
      clearTimeout(late);
      socket.destroy();
      resolve(found);
    };
    // not the socket's own time, which counts anew with each byte
    const late = setTimeout(() => end(null), totalMs);
    socket.once('error', () => end(null));
    socket.once('secureConnect', () => {
      const { raw } = socket.getPeerCertificate();
      const certificate = raw && new X509Certificate(raw);
      end(certificate ? { pem: certificate.toString(), fingerprint: certificate.fingerprint256 } : null);
    });
  });
}
