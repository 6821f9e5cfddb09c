import type * as cloud from '@/lib/openstack/types';
import { spanOf } from '../lint/basics';
import { demandsOf, pickHosts } from '../lint/shortage';
import type { LeaseSite, Moment } from '../types';
import { requestOf } from './requests';
import { hostOf, newLeaseOf, takenOf } from './translate';

/** So many hosts of a type, for a time. */
interface Wanted {
  nodeType: string;
  count: number;
  start: 'now' | Moment;
  end: Moment;
}

/**
 * How Blazar's client is asked for the hosts that stay free longest after a lease, so that it can be extended: Blazar itself would take any.
 * @param told what Blazar told of hosts, and when they are taken
 * @param projectId whose lease it is: some hosts are kept for some projects
 * @returns null where not so many are seen to be free
 */
export function lastingHosts(
  { nodeType, count, start, end }: Wanted,
  told: { hosts: readonly cloud.LeaseHost[]; allocations: readonly cloud.Allocation[] },
  { now, projectId }: { now: Moment; projectId: string },
): cloud.NewReservation[] | null {
  const plan = { name: '', start, end, reservations: [{ kind: 'physical:host' as const, min: count, max: count, nodeType }] };
  const site: LeaseSite = {
    id: '',
    name: '',
    rules: {},
    kinds: ['physical:host'],
    hosts: told.hosts.map(hostOf),
    taken: takenOf(told.allocations),
    flavors: [],
    networks: [],
    leases: [],
    project: { id: projectId },
  };
  const span = spanOf(plan, now);
  const free = pickHosts(demandsOf(plan.reservations, site, { from: span.start }), span, site);
  return free && newLeaseOf(requestOf(plan, site, { now })).reservations;
}
