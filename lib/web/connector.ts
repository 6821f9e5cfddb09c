import { getCACertificates } from 'node:tls';
import { buildConnector } from 'undici';
import { guardedLookup } from './guard';
import type { Peer } from './types';

/** Connects to a peer: only to checked addresses, and over TLS only to certificates that can be verified. */
export function guardedConnector(peer: Peer, timeout: number): buildConnector.connector {
  // naming `ca` replaces the default authorities, so they are named too; one that is named is believed itself, whoever signed it
  const ca = peer.ca ? { ca: [...getCACertificates('default'), peer.ca], allowPartialTrustChain: true } : {};
  const secure = buildConnector({ timeout, allowH2: false, lookup: guardedLookup(peer), ...ca });
  const plain = buildConnector({ timeout, allowH2: false, lookup: guardedLookup({ ...peer, plain: true }) });
  return (options, callback) => (options.protocol === 'http:' ? plain : secure)(options, callback);
}
