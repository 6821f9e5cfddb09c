import type { Visitor } from '@/lib/desk/types';
import type { LeasingPorts } from '../ports';

/** A lease whose making was not answered for so long was lost with its process: it is looked for by its name. */
export const MAKE_MS = 120_000;

/** The name of a lease's errand in the queue. */
export const leaseErrand = (id: string): string => `lease ${id}`;

/** Has a process look at a lease at once, or after so many seconds. */
export async function askErrand({ store }: LeasingPorts, id: string, after = 0): Promise<void> {
  await store.queue.errands.ask(leaseErrand(id), after);
}

/** As much of a person as sites need to know of, when they are not there. */
export async function visitorOf({ store }: LeasingPorts, id: string): Promise<Visitor | undefined> {
  return await store.db.selectFrom('users').select(['id', 'provider', 'groups']).where('id', '=', id).executeTakeFirst();
}

export const secondsUntil = (at: Date, now: Date): number => Math.max(0, Math.ceil((at.getTime() - now.getTime()) / 1000));
