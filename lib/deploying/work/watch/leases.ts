import { sql } from 'kysely';
import { kindOf } from '../../kinds';
import { noteLeasesSeen } from '../../ledger/lease-end';
import { type Place, placeKey } from '../../ledger/ledger';
import type { Ports } from '../../ports';

/** Seconds after which a deployment's leases are compared anew, by whichever worker comes first. */
const againSeconds = 50;

interface Kept extends Place {
  id: string;
  userId: string;
  cloudId: string;
  observed: Record<string, unknown>;
}

/**
 * Compares the leases under all deployments that live with what their sites list, one call a place, and has a deployment looked at at once whose lease
 * is not as it was: its owner, the site or a colleague extended it, cut it short or ended it. A place that does not answer is left for the next time.
 */
export async function watchLeases(ports: Ports): Promise<void> {
  const byPlace = Map.groupBy(await takeTurn(ports), (kept) => JSON.stringify([kept.userId, placeKey(kept)]));
  await Promise.allSettled([...byPlace.values()].map((kept) => comparePlace(ports, kept)));
}

// The rows that are taken are not looked at by another worker meanwhile.
async function takeTurn({ store, clock }: Ports): Promise<Kept[]> {
  const now = clock.now();
  const rows = await store.db.transaction().execute(async (trx) => {
    const due = await trx
      .selectFrom('deployments')
      .select('id')
      .where('deleted_at', 'is', null)
      .where('wanted', '!=', 'deleted')
      .where('lease_ends_at', 'is not', null)
      .where(({ or, eb }) =>
        or([eb('leases_seen_at', 'is', null), eb('leases_seen_at', '<', new Date(now.getTime() - againSeconds * 1000))]),
      )
      .forNoKeyUpdate()
      .skipLocked()
      .execute();
    const ids = due.map(({ id }) => id);
    if (ids.length === 0) return [];
    await noteLeasesSeen(trx, ids, now);
    return trx
      .selectFrom('resources')
      .innerJoin('deployments', 'deployments.id', 'resources.deployment_id')
      .select(['resources.deployment_id', 'deployments.user_id', 'resources.cloud_id', 'resources.observed'])
      .select(['resources.site', 'resources.project', 'resources.credential'])
      .where('resources.deployment_id', 'in', ids)
      .where('resources.kind', '=', 'lease')
      .where('resources.phase', 'in', ['waiting', 'ready'])
      .where(sql<boolean>`resources.cloud_id is not null`)
      .execute();
  });
  return rows.flatMap(({ deployment_id, user_id, cloud_id, ...rest }) =>
    cloud_id === null ? [] : [{ ...rest, id: deployment_id, userId: user_id, cloudId: cloud_id }],
  );
}

async function comparePlace(ports: Ports, kept: Kept[]): Promise<void> {
  const [first] = kept;
  if (!first) return;
  const cloud = await ports.openCloud(first.userId, first);
  const ids = new Map(kept.map(({ cloudId }) => [cloudId, cloudId]));
  const listed = await kindOf('lease').list(cloud, nobodys, ids);
  const seen = new Map(listed.map(({ id, observed }) => [id, observed]));
  const changed = kept.filter(({ cloudId, observed }) => isOther(observed, seen.get(cloudId)));
  for (const id of new Set(changed.map((each) => each.id))) await ports.store.enqueuePass(id);
}

/** No lease is called so: only those asked for by their ids are listed. */
const nobodys = '\u0000';

function isOther(before: Record<string, unknown>, after: Record<string, unknown> | undefined): boolean {
  // said already
  if (kindOf('lease').isOver?.(before)) return false;
  return after === undefined || ['status', 'start', 'end', 'degraded'].some((name) => before[name] !== after[name]);
}
