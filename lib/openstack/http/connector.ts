import { getCACertificates } from 'node:tls';
import { buildConnector } from 'undici';
import type { IdentityEndpoint } from '../types';
import { guardedLookup } from './guard';

/** Connects to a site's services: only to checked addresses, and over TLS only to certificates that can be verified. */
export function guardedConnector(endpoint: IdentityEndpoint, timeout: number): buildConnector.connector {
  // naming `ca` replaces the default authorities, so they are named too
  const ca = endpoint.ca ? { ca: [...getCACertificates('default'), endpoint.ca] } : {};
  const secure = buildConnector({ timeout, allowH2: false, lookup: guardedLookup(endpoint), ...ca });
  const plain = buildConnector({ timeout, allowH2: false, lookup: guardedLookup({ ...endpoint, plain: true }) });
  return (options, callback) => (options.protocol === 'http:' ? plain : secure)(options, callback);
}
