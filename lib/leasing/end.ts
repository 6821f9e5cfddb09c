import type { Visitor } from '@/lib/desk/types';
import type { LeaseWork } from '@/lib/store/schema';
import { changeLease, requireChange, requireOwn } from './change';
import { needLease } from './look';
import type { LeasingPorts } from './ports';
import type { KeptLease } from './rows';
import { type About, askToGo, consentOf } from './standing';
import { askErrand } from './work/due';

/**
 * Ends a lease now, and keeps its record. Where deployments stand on it, they are wound down first, and then it ends by itself.
 * @throws AppError as {@link changeLease}; `conflict` naming the deployments, where they are not to be wound down
 */
export async function endLease(services: LeasingPorts, person: Visitor, id: string, about: About): Promise<void> {
  const row = await needLease(services, person, id);
  requireOwn(row);
  const standing = await consentOf(services, row, about);
  if (standing.length === 0) return await changeLease(services, person, id, { end: 'now' });
  // what its site would not end is not to have lost what stands on it
  await requireChange(services, person, id, { end: 'now' });
  await begin(services, row, 'end', about);
  await askToGo(services, standing);
}

/**
 * Deletes a lease with its record, in the background: the site takes minutes where servers run on it. What stands on it is wound down first.
 * @throws AppError `not-found`; `conflict` for one that was only seen, and naming the deployments where they are not to be wound down
 */
export async function deleteLease(services: LeasingPorts, person: Visitor, id: string, about: About): Promise<void> {
  const row = await needLease(services, person, id);
  if (row.work?.do === 'delete' || row.status === 'GONE') return;
  requireOwn(row);
  const standing = await consentOf(services, row, about);
  await begin(services, row, 'delete', about);
  await askToGo(services, standing);
}

// Written before anything is asked to go: who dies between is followed by the errand, which asks for what still stands.
async function begin(services: LeasingPorts, { id }: KeptLease, what: LeaseWork['do'], { withDeployments }: About): Promise<void> {
  const { store, clock } = services;
  const now = clock.now();
  const work: LeaseWork = { do: what, since: now.toISOString(), withDeployments };
  await store.db
    .updateTable('leases')
    .set({ work: JSON.stringify(work), extend: null, problem: null, due_at: now })
    .where('id', '=', id)
    .execute();
  await askErrand(services, id);
}
