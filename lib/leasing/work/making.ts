import { AppError, type Problem } from '@/lib/core/errors';
import { DAY, MINUTE } from '@/lib/leases/calendar/moments';
import { withDeadline } from '@/lib/sites';
import type { LeaseWork } from '@/lib/store/schema';
import { doorTo } from '../look';
import { noteLeases } from '../note';
import { findLease, whereaboutsOf } from '../rows';
import type { InHand, Outcome } from './errand';

/** Looked for so long after its site was asked for it first, a lease was never made: it is not asked for a second time. */
const LIMIT_MS = 11 * MINUTE;
/** A site that can't be asked is not waited for longer. */
const SILENT_MS = DAY;
const AGAIN_MS = MINUTE;
const LIST_MS = 30_000;

/** Looks for a lease whose making was not answered by its name. */
export async function lookForMade({ services, person, row, write }: InHand, kept: LeaseWork): Promise<Outcome> {
  const { store, clock } = services;
  const at = clock.now();
  const work = { ...kept, asked: kept.asked ?? at.toISOString() };
  if (!kept.asked && !(await write({ work }))) return { dueAt: null };
  const asked = Date.parse(work.asked);
  const again = { dueAt: new Date(at.getTime() + AGAIN_MS) };
  const late = at.getTime() >= Math.min(asked + SILENT_MS, Math.max(row.ends_at.getTime(), asked + LIMIT_MS));
  try {
    const door = await doorTo(services, person, row);
    const listed = await withDeadline(
      (options) => door.reservation.leases(options),
      LIST_MS,
      `${row.site} did not list its leases in time`,
    );
    await noteLeases(services, whereaboutsOf(person.id, door.entry), listed, at);
    const after = await findLease(store.db, row.id);
    if (after?.lease_id) return { dueAt: after.extend ? clock.now() : null, work: null, problem: null };
    // what can't be read may be the very lease
    const [gap] = listed.gaps;
    if (at.getTime() < asked + LIMIT_MS || (gap && !late)) return again;
    if (gap)
      return {
        dueAt: null,
        work: null,
        status: 'GONE',
        problem: notKnown(row.name, { code: 'upstream-failed', title: 'A lease can’t be read', detail: gap.problem }),
      };
    return { dueAt: null, work: null, status: 'GONE', problem: neverMade(row.name, door.entry.site.name) };
  } catch (error) {
    const problem = AppError.from(error).toProblem();
    if (!late) return { ...again, problem };
    return { dueAt: null, work: null, status: 'GONE', problem: notKnown(row.name, problem) };
  }
}

const neverMade = (name: string, site: string): Problem => ({
  code: 'upstream-failed',
  title: 'The lease was not made',
  detail: `${site} did not answer when ${name} was asked for, and does not list it.`,
  remedy: 'Ask for it again.',
});

const notKnown = (name: string, { code, detail }: Problem): Problem => ({
  code,
  title: 'Whether the lease was made is not known',
  detail: `Since ${name} was asked for, its site could not be asked for its leases: ${detail}`,
  remedy: 'Once you can enter the site again, look whether it lists the lease; else ask for it again.',
});
