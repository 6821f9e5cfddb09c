import { type Kysely, sql } from 'kysely';
import { shortId } from '@/lib/core/ids';
import type { Sighting } from '@/lib/deploying/kinds/survey';
import type { DeploymentState, Schema } from '@/lib/store/schema';
import type { KnownDeployment } from './judge';

const settled: DeploymentState[] = ['ready', 'degraded', 'stopped', 'failed'];
const AT_ONCE = 1000;

/** What of all that was seen names a deployment of this installation, with those deployments, and those that have any of it. */
export async function claimed(db: Kysely<Schema>, seen: readonly Sighting[]): Promise<{ seen: Sighting[]; known: KnownDeployment[] }> {
  const owners = await idsNamed(db, seen);
  const shorts = new Set(owners.map(shortId));
  const ids = new Set(owners);
  const named = seen.filter(({ name, deployment }) =>
    deployment === undefined ? shorts.has(name.split('-')[0] ?? '') : ids.has(deployment),
  );
  const holders = await inSlices(
    named.map(({ id }) => id),
    async (slice) =>
      (
        await db
          .selectFrom('resources')
          .innerJoin('deployments', 'deployments.id', 'resources.deployment_id')
          .select('resources.deployment_id')
          .distinct()
          .where('resources.cloud_id', 'in', slice)
          .where('deployments.deleted_at', 'is', null)
          .execute()
      ).map(({ deployment_id }) => deployment_id),
  );
  return { seen: named, known: await readKnown(db, [...new Set([...owners, ...holders])]) };
}

// Names begin with eight characters of the id, and what is noted beside them is all of it.
async function idsNamed(db: Kysely<Schema>, seen: readonly Sighting[]): Promise<string[]> {
  const short = seen.flatMap(({ name, deployment }) => (deployment === undefined ? (/^[0-9a-z]{8}(?=-)/.exec(name)?.[0] ?? []) : []));
  const tagged = seen.flatMap(({ deployment }) => deployment ?? []);
  const found = await inSlices([...new Set([...tagged, ...short])], async (slice) =>
    (
      await db
        .selectFrom('deployments')
        .select('id')
        .where(({ or, eb }) => or([eb('id', 'in', slice), eb(sql<string>`substr(id, strpos(id, '_') + 1, 8)`, 'in', slice)]))
        .execute()
    ).map(({ id }) => id),
  );
  return [...new Set(found)];
}

async function readKnown(db: Kysely<Schema>, ids: string[]): Promise<KnownDeployment[]> {
  return await inSlices(ids, async (slice) => {
    const [deployments, rows] = await Promise.all([
      db
        .selectFrom('deployments')
        .select(['id', 'user_id', 'state', 'wanted', 'deleted_at', 'updating'])
        .where('id', 'in', slice)
        .execute(),
      db
        .selectFrom('resources')
        .select(['deployment_id', 'key', 'wanted', 'phase', 'cloud_id'])
        .where('deployment_id', 'in', slice)
        .execute(),
    ]);
    const parts = Map.groupBy(rows, ({ deployment_id }) => deployment_id);
    return deployments.map(({ id, user_id, state, wanted, deleted_at, updating }) => ({
      id,
      userId: user_id,
      deleted: deleted_at !== null,
      settled: settled.includes(state) && wanted !== 'deleted' && updating === null,
      parts: (parts.get(id) ?? []).map(({ cloud_id, deployment_id: _of, ...part }) => ({ ...part, cloudId: cloud_id })),
    }));
  });
}

async function inSlices<From, To>(all: From[], read: (slice: From[]) => Promise<To[]>): Promise<To[]> {
  const found: To[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) found.push(...(await read(all.slice(at, at + AT_ONCE))));
  return found;
}
