import { expect, test } from 'vitest';
import type { SiteNetwork } from '@/lib/sites/types';
import type { SiteProject } from '../draft';
import { whyUnusable } from './usable-network';

const at = { site: { name: 'Lab' } } as SiteProject;
const network = (more: object) =>
  ({ name: 'own', external: false, subnets: [{ cidr: '10.0.0.0/24' }], leadsTo: [], ...more }) as unknown as SiteNetwork;

test.each<[string, object, boolean, string | undefined, string | undefined]>([
  ['with a router', { leadsTo: ['pool'] }, true, undefined, undefined],
  ['of which routers are not known', { leadsTo: undefined }, true, undefined, undefined],
  ['without a router, for public addresses', {}, true, 'network-unreachable', 'error'],
  ['without a router that is shown, for private ones: there may be another way out', {}, false, 'network-unreachable', 'warning'],
  ['of IPv6 alone', { subnets: [{ cidr: '2001:db8::/64' }] }, false, 'network-not-found', 'error'],
  ['without a subnet', { subnets: [] }, false, 'network-not-found', 'error'],
])('of a network %s it is said', (_, more, needsPublic, code, severity) => {
  const said = whyUnusable(at, network(more), { needsPublic, field: 'placement.x.network' });
  expect([said?.code, said?.severity]).toEqual([code, severity]);
});
