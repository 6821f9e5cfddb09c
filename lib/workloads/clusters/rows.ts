import type { Selectable } from 'kysely';
import { notFound } from '@/lib/core/problems';
import { type Dialect, dialects } from '@/lib/oscar/types';
import type { ClusterRow } from '@/lib/store/schema';
import type { Cluster, ClusterAuth, WorkloadPorts } from '../types';
import { traitsOf } from './traits';

/** What a cluster's password is sealed as. */
export const passwordKind = 'cluster-password';

/** A row as its owner may see it. */
export function clusterOf(row: Selectable<ClusterRow>): Cluster {
  const dialect = dialectOfRow(row.dialect);
  const auth: ClusterAuth =
    row.auth === 'basic' ? { kind: 'basic', user: row.username ?? '' } : { kind: 'oidc', provider: row.provider ?? '' };
  return {
    id: row.id,
    name: row.name,
    region: row.region,
    endpoint: row.endpoint,
    ca: row.ca,
    storageCa: row.storage_ca,
    dialect,
    version: row.version,
    auth,
    inside: row.inside,
    deployment: row.deployment_id,
    site: row.site,
    problem: row.problem,
    seenAt: row.seen_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    traits: traitsOf(dialect, auth),
  };
}

const dialectOfRow = (text: string): Dialect => dialects.find((known) => known === text) ?? dialects[0];

/** A person's clusters, the oldest first. */
export async function listClusters({ store }: Pick<WorkloadPorts, 'store'>, userId: string): Promise<Cluster[]> {
  const rows = await store.db
    .selectFrom('clusters')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(clusterOf);
}

/** The row of a person's cluster. @throws AppError `not-found` */
export async function needRow({ store }: Pick<WorkloadPorts, 'store'>, userId: string, id: string): Promise<Selectable<ClusterRow>> {
  const row = await store.db.selectFrom('clusters').selectAll().where('id', '=', id).where('user_id', '=', userId).executeTakeFirst();
  if (!row) throw notFound('cluster');
  return row;
}

/** @throws AppError `not-found` */
export async function readCluster(ports: Pick<WorkloadPorts, 'store'>, userId: string, id: string): Promise<Cluster> {
  return clusterOf(await needRow(ports, userId, id));
}
