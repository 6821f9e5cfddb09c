import type { Problem } from '@/lib/core/errors';
import type { Visitor } from '@/lib/desk/types';
import { doorTo } from '../look';
import { noteLeases } from '../note';
import type { LeasingPorts } from '../ports';
import { findLease, type KeptLease, placeOf } from '../rows';
import type { Outcome } from './errand';

/** Looked for so often, a minute apart, a lease was never made: it is not asked for a second time. */
const LOOKS = 3;
const AGAIN_MS = 60_000;

/** Looks for a lease whose making was not answered by its name. */
export async function lookForMade(services: LeasingPorts, person: Visitor, row: KeptLease): Promise<Outcome> {
  const { store, clock } = services;
  const door = await doorTo(services, person, row);
  const at = clock.now();
  const listed = await door.reservation.leases();
  await noteLeases(services, placeOf(person.id, door.entry), listed, at);
  const after = await findLease(store.db, row.id);
  if (after?.lease_id) {
    await store.db.updateTable('leases').set({ work: null, problem: null }).where('id', '=', row.id).execute();
    return { dueAt: after.extend ? clock.now() : null };
  }
  const work = { do: 'make' as const, since: row.work?.since ?? at.toISOString(), tries: (row.work?.tries ?? 0) + 1 };
  if (work.tries < LOOKS) {
    await store.db
      .updateTable('leases')
      .set({ work: JSON.stringify(work) })
      .where('id', '=', row.id)
      .execute();
    return { dueAt: new Date(at.getTime() + AGAIN_MS) };
  }
  await store.db.updateTable('leases').set({ work: null, extend: null, status: 'GONE' }).where('id', '=', row.id).execute();
  return { dueAt: null, problem: neverMade(row.name, door.entry.site.name) };
}

const neverMade = (name: string, site: string): Problem => ({
  code: 'upstream-failed',
  title: 'The lease was not made',
  detail: `${site} did not answer when ${name} was asked for, and does not list it.`,
  remedy: 'Ask for it again.',
});
