import type { KeptSweep } from '@/lib/store/rows/job';
import type { WorkloadPorts } from '../types';

/** Whose turn it is at each cluster, and how far along lists of several pages one is. */
export interface Turns {
  turn?: number;
  sweeps?: Record<string, KeptSweep>;
}

/** Whoever follows for longer has died: a beat is a few calls. */
const HELD_MS = 60_000;
const WATCHED_MS = 15_000;
/** Screens ask more often than that: it need not be written each time. */
const WRITTEN_EACH_MS = 5_000;

type Ports = Pick<WorkloadPorts, 'store' | 'clock'>;

/** Takes the next beat. @returns null: it is not due yet, or somebody else has it */
export async function claim(
  { store, clock }: Ports,
  userId: string,
  leastSeconds: number,
): Promise<{ turns: Turns; watched: boolean } | null> {
  const now = clock.now();
  const busy = new Date(now.getTime() + HELD_MS);
  const row = await store.db
    .insertInto('job_following')
    .values({ user_id: userId, beat_at: now, busy_until: busy })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ beat_at: now, busy_until: busy })
        .where((where) =>
          where.and([
            where.or([where('job_following.busy_until', 'is', null), where('job_following.busy_until', '<', now)]),
            where.or([
              where('job_following.beat_at', 'is', null),
              where('job_following.beat_at', '<=', new Date(now.getTime() - leastSeconds * 1000)),
            ]),
          ]),
        ),
    )
    .returning(['turns', 'watched_until'])
    .executeTakeFirst();
  return row ? { turns: row.turns, watched: row.watched_until !== null && row.watched_until > now } : null;
}

export async function release({ store }: Ports, userId: string, turns: Turns): Promise<void> {
  await store.db
    .updateTable('job_following')
    .set({ busy_until: null, turns: JSON.stringify(turns) })
    .where('user_id', '=', userId)
    .execute();
}

/** Notes that somebody looks at their jobs, and so wants to see at once what happens. */
export async function watchJobs({ store, clock }: Ports, userId: string): Promise<void> {
  const until = new Date(clock.now().getTime() + WATCHED_MS);
  await store.db
    .insertInto('job_following')
    .values({ user_id: userId, watched_until: until })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ watched_until: until })
        .where((where) =>
          where.or([
            where('job_following.watched_until', 'is', null),
            where('job_following.watched_until', '<=', new Date(until.getTime() - WRITTEN_EACH_MS)),
          ]),
        ),
    )
    .execute();
}
