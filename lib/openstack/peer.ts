import type { Peer } from '@/lib/web/types';
import type { IdentityEndpoint } from './types';

/** A site as the door to the web sees it: one for all its services, so that they share one pool and one limit. */
export function peerOf({ site, name, authUrl, ca, allowPrivate, allowedRanges, discreet }: IdentityEndpoint): Peer {
  return { id: site, kind: 'site', name, address: authUrl, ca, allowPrivate, allowedRanges, discreet };
}
