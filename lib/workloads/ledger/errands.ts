import { sql } from 'kysely';
import type { WorkloadPorts } from '../types';

type Ports = Pick<WorkloadPorts, 'store' | 'clock'>;

/** The errand that follows a person's jobs. */
export const jobsErrand = 'jobs';

/** Entries for all whose jobs are to be followed: those who have pairs that stand, made here or elsewhere. */
export async function dueForJobs(ports: Ports): Promise<{ errand: string; after: number }[]> {
  const { store } = ports;
  await closeJobs(ports);
  const rows = await store.db
    .selectFrom('pairs')
    .select('user_id')
    .where('state', '=', 'standing')
    .union(store.db.selectFrom('found_pairs').select('user_id'))
    .execute();
  return rows.map(({ user_id }) => ({ errand: `${jobsErrand} ${user_id}`, after: 0 }));
}

/** Closes what is open of pairs that are gone: nobody follows it any more. */
async function closeJobs({ store }: Ports): Promise<void> {
  await store.db
    .updateTable('jobs')
    .set({ settled: true, state: sql`case when state in ('Succeeded', 'Failed') then state else 'Gone' end` })
    .where('settled', '=', false)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('pairs').select('pairs.id').whereRef('pairs.id', '=', 'jobs.pair_id'))))
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('found_pairs').select('found_pairs.id').whereRef('found_pairs.id', '=', 'jobs.pair_id'))),
    )
    .execute();
}

const SLICE = 5000;

/** Forgets jobs that were submitted so many days ago. @returns how many rows went */
export async function forgetJobs({ store, clock }: Ports, days: number): Promise<number> {
  const before = new Date(clock.now().getTime() - days * 86_400_000);
  for (let gone = 0; ; ) {
    const { numAffectedRows = 0n } =
      await sql`delete from jobs where id in (select id from jobs where submitted_at < ${before} limit ${SLICE})`.execute(store.db);
    gone += Number(numAffectedRows);
    if (numAffectedRows < SLICE) return gone;
  }
}
