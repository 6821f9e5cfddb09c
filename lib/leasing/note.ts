import { noteLeaseEnd } from '@/lib/deploying/ledger/lease-end';
import type { CloudLease, Listed } from '@/lib/openstack/types';
import { noteListed, noteOne } from './noting';
import type { LeasingPorts } from './ports';
import type { KeptLease, Whereabouts } from './rows';

/**
 * Notes what a project's Blazar lists, and tells the deployments that stand on what ends at another time than was known.
 * @param at when the list was asked for
 */
export async function noteLeases(services: LeasingPorts, place: Whereabouts, { items, gaps }: Listed<CloudLease>, at: Date): Promise<void> {
  const moved = await noteListed(services.store.db, place, items, at, gaps.length === 0);
  for (const lease of moved) await tellEnd(services, place, lease);
}

/** The same of one lease that was changed. @returns its row */
export async function noteLease(services: LeasingPorts, place: Whereabouts, lease: CloudLease): Promise<KeptLease> {
  const row = await noteOne(services.store.db, place, lease, services.clock.now());
  await tellEnd(services, place, lease);
  return row;
}

/** Notes an end that is given to a lease here, before its site is asked for it and by what it made of it: that it ends so is no news to its owner. */
export async function noteOwnEnd({ store }: LeasingPorts, { id }: Pick<KeptLease, 'id'>, end: number): Promise<void> {
  await store.db
    .updateTable('leases')
    .set({ own_end: new Date(end) })
    .where('id', '=', id)
    .execute();
}

async function tellEnd({ ports, store, clock }: LeasingPorts, { userId, site }: Whereabouts, { id, end }: CloudLease): Promise<void> {
  await noteLeaseEnd({ ...ports, store, clock }, { userId, site, lease: id, end });
}
