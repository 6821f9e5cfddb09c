import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { JobRow } from '@/lib/store/rows/job';
import { listClusters } from '../clusters/rows';
import type { Region, WorkloadPorts } from '../types';
import { jobOf } from './rows';
import type { LedgerJob, LedgerState } from './types';

/** Which jobs are wanted. */
interface JobFilter {
  /** it came there, or ran there */
  cluster?: string;
  pair?: string;
  service?: string;
  state?: LedgerState;
  crossed?: boolean;
}

/** A cluster of a job; `region` is null where it is none of the person's any more. */
interface JobCluster {
  id: string;
  name: string;
  region: Region | null;
}

/** A job as its owner may see it. */
export type ListedJob = Omit<LedgerJob, 'origin' | 'ran'> & { origin: JobCluster; ran: JobCluster };

/** Where a page ended. */
interface JobPosition {
  at: Date;
  id: string;
}

/** A page of a person's jobs, those submitted last first. @param after where the page before ended */
export async function listLedger(
  ports: Pick<WorkloadPorts, 'store'>,
  userId: string,
  filter: JobFilter,
  { limit, after }: { limit: number; after: JobPosition | null },
): Promise<{ jobs: ListedJob[]; next: JobPosition | null }> {
  let query = ports.store.db.selectFrom('jobs').selectAll().where('user_id', '=', userId);
  const { cluster, pair, service, state, crossed } = filter;
  if (cluster !== undefined) query = query.where((where) => where.or([where('origin_id', '=', cluster), where('ran_id', '=', cluster)]));
  if (pair !== undefined) query = query.where('pair_id', '=', pair);
  if (service !== undefined) query = query.where('service', '=', service);
  if (state !== undefined) query = query.where('state', '=', state);
  if (crossed !== undefined) query = query.where('crossed', '=', crossed);
  if (after) query = query.where(sql<boolean>`(submitted_at, id) < (${after.at}, ${after.id})`);
  const [rows, clusters] = await Promise.all([
    query
      .orderBy('submitted_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute(),
    listClusters(ports, userId),
  ]);
  const regions = new Map(clusters.map(({ id, region }) => [id, region]));
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    jobs: page.map((row) => shown(row, regions)),
    next: rows.length > limit && last ? { at: last.submitted_at, id: last.id } : null,
  };
}

function shown(row: Selectable<JobRow>, regions: ReadonlyMap<string, Region>): ListedJob {
  return {
    ...jobOf(row),
    origin: { id: row.origin_id, name: row.origin_name, region: regions.get(row.origin_id) ?? null },
    ran: { id: row.ran_id, name: row.ran_name, region: regions.get(row.ran_id) ?? null },
  };
}
