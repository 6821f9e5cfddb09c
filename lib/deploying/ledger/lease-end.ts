import { sql, type Transaction } from 'kysely';
import type { Store } from '@/lib/store';
import type { Schema } from '@/lib/store/schema';
import type { Ports } from '../ports';
import { writeEvents } from './events';

/** A lease whose end is another than was known. */
export interface MovedEnd {
  userId: string;
  site: string;
  /** its id at the site */
  lease: string;
  /** ISO 8601 */
  end: string;
}

/**
 * The deployments that stand on a lease end with it: those that brought it, and the one that it was made for. Each is told, and looked at.
 */
export async function noteLeaseEnd({ store, clock }: Pick<Ports, 'store' | 'clock'>, moved: MovedEnd): Promise<void> {
  const now = clock.now();
  const changed = await store.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('resources')
      // the version keeps out a pass that has read the former end
      .set(({ eb }) => ({ observed: sql`jsonb_set(observed, '{end}', to_jsonb(${moved.end}::text))`, version: eb('version', '+', 1) }))
      .where(sql<boolean>`observed ->> 'end' is distinct from ${moved.end}`)
      .where('kind', '=', 'lease')
      .where('site', '=', moved.site)
      .where('cloud_id', '=', moved.lease)
      .where('deployment_id', 'in', (select) => select.selectFrom('deployments').select('id').where('user_id', '=', moved.userId))
      .execute();
    const { rows } = await sql<{ id: string; name: string; end: Date }>`
      update deployments set lease_ends_at = ends.soonest, version = deployments.version + 1 from (
        select d.id, min(coalesce((r.observed ->> 'end')::timestamptz, l.ends_at, (held ->> 'end')::timestamptz)) as soonest
        from deployments d cross join jsonb_array_elements(coalesce(d.plan -> 'leases', '[]')) held
          left join leases l on l.user_id = d.user_id and l.site = held ->> 'site' and l.lease_id = held ->> 'lease'
          left join resources r on r.deployment_id = d.id and r.kind = 'lease'
            and held ->> 'lease' in (r.key, r.spec #>> '{held,id}')
        where d.user_id = ${moved.userId} and d.deleted_at is null group by d.id) ends
      where deployments.id = ends.id and deployments.lease_ends_at is distinct from ends.soonest
      returning deployments.id, deployments.name, deployments.lease_ends_at as end`.execute(trx);
    for (const { id, name, end } of rows) await writeEvents(store, trx, id, [told(name, end)], now);
    return rows.map(({ id }) => id);
  });
  await wake(store, changed);
}

/** Writes down when the leases under deployments were compared with their sites. */
export async function noteLeasesSeen(trx: Transaction<Schema>, ids: readonly string[], now: Date): Promise<void> {
  await trx.updateTable('deployments').set({ leases_seen_at: now }).where('id', 'in', ids).execute();
}

const told = (name: string, end: Date) => ({
  level: 'info' as const,
  stage: 'deployment' as const,
  subject: null,
  message: `The lease under ${name} ends at ${end.toISOString()} now`,
  data: { leaseEndsAt: end.toISOString() },
});

async function wake(store: Store, ids: readonly string[]): Promise<void> {
  for (const id of ids) await store.enqueuePass(id);
}
