import type { Selectable } from 'kysely';
import type { Store } from '@/lib/store';
import type { JobRow } from '@/lib/store/rows/job';
import type { FollowedPair, LedgerJob } from './types';

/** A row as it is decided about. Pure. */
export function jobOf(row: Selectable<JobRow>): LedgerJob {
  return {
    id: row.id,
    pair: row.pair_id,
    service: row.service,
    origin: row.origin_id,
    ran: row.ran_id,
    state: row.state,
    crossed: row.crossed,
    why: row.why,
    object: row.object,
    submittedAt: row.submitted_at.getTime(),
    leftAt: row.left_at?.getTime() ?? null,
    cameAt: row.came_at?.getTime() ?? null,
    startedAt: row.started_at?.getTime() ?? null,
    finishedAt: row.finished_at?.getTime() ?? null,
    bytesOver: row.bytes_over,
    seen: row.seen,
    results: row.results,
    settled: row.settled,
  };
}

/** The jobs of a pair that are not settled, the oldest first. */
export async function openJobs({ db }: Store, pair: string, most: number): Promise<LedgerJob[]> {
  const rows = await db
    .selectFrom('jobs')
    .selectAll()
    .where('pair_id', '=', pair)
    .where('settled', '=', false)
    .orderBy('submitted_at')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(jobOf);
}

/** Those of them that a listing is about, and what is settled of what it lists. */
export async function jobsListed({ db }: Store, pair: FollowedPair, cluster: string, names: readonly string[]): Promise<LedgerJob[]> {
  if (names.length === 0) return [];
  const rows = await db
    .selectFrom('jobs')
    .innerJoin('job_sightings', 'job_sightings.job_id', 'jobs.id')
    .selectAll('jobs')
    .distinctOn('jobs.id')
    .where('job_sightings.cluster_id', '=', cluster)
    .where('job_sightings.service', '=', pair.service)
    .where('job_sightings.name', 'in', names)
    .where('jobs.pair_id', '=', pair.id)
    .execute();
  return rows.map(jobOf);
}

/** Writes rows, and under which names clusters list them. @param names of clusters, by their ids */
export async function writeJobs({ db }: Store, userId: string, jobs: readonly LedgerJob[], names: Record<string, string>): Promise<void> {
  if (jobs.length === 0) return;
  const time = (at: number | null) => (at === null ? null : new Date(at));
  const values = jobs.map((job) => ({
    id: job.id,
    user_id: userId,
    pair_id: job.pair,
    service: job.service,
    origin_id: job.origin,
    origin_name: names[job.origin] ?? '',
    ran_id: job.ran,
    ran_name: names[job.ran] ?? '',
    state: job.state,
    crossed: job.crossed,
    why: job.why,
    object: job.object,
    submitted_at: new Date(job.submittedAt),
    left_at: time(job.leftAt),
    came_at: time(job.cameAt),
    started_at: time(job.startedAt),
    finished_at: time(job.finishedAt),
    bytes_over: job.bytesOver,
    seen: JSON.stringify(job.seen),
    results: JSON.stringify(job.results),
    settled: job.settled,
  }));
  const sightings = jobs.flatMap(({ id, service, seen }) =>
    seen.map(({ cluster, name }) => ({ cluster_id: cluster, service, name, job_id: id })),
  );
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('jobs')
      .values(values)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet(({ ref }) => ({
          origin_id: ref('excluded.origin_id'),
          origin_name: ref('excluded.origin_name'),
          ran_id: ref('excluded.ran_id'),
          ran_name: ref('excluded.ran_name'),
          state: ref('excluded.state'),
          crossed: ref('excluded.crossed'),
          why: ref('excluded.why'),
          object: ref('excluded.object'),
          submitted_at: ref('excluded.submitted_at'),
          left_at: ref('excluded.left_at'),
          came_at: ref('excluded.came_at'),
          started_at: ref('excluded.started_at'),
          finished_at: ref('excluded.finished_at'),
          bytes_over: ref('excluded.bytes_over'),
          seen: ref('excluded.seen'),
          results: ref('excluded.results'),
          settled: ref('excluded.settled'),
        })),
      )
      .execute();
    if (sightings.length === 0) return;
    await trx
      .insertInto('job_sightings')
      .values(sightings)
      .onConflict((conflict) =>
        conflict.columns(['cluster_id', 'service', 'name']).doUpdateSet(({ ref }) => ({ job_id: ref('excluded.job_id') })),
      )
      .execute();
  });
}
