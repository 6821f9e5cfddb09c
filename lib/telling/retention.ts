import { type Kysely, sql } from 'kysely';
import type { Retention } from '@/lib/core/config/retention';
import type { Schema } from '@/lib/store/schema';

const dayMs = 86_400_000;
/** Of these the site says that they are over. */
const over = sql`('GONE', 'TERMINATED')`;

/**
 * Forgets what is too old or too much of what people were told of, with how it was sent, and since when leases had their ends that are long over. What
 * keeps a lease that goes on from being told of twice stays.
 * @returns how many rows went
 */
export async function forgetNotices(db: Kysely<Schema>, { noticeDays, noticesPerPerson }: Retention, now: Date): Promise<number> {
  const before = new Date(now.getTime() - noticeDays * dayMs);
  const goesOn = sql`exists (select 1 from leases where leases.user_id = notices.user_id and leases.status not in ${over}
    and leases.ends_at > ${now} and starts_with(notices.key, leases.site || '/' || leases.lease_id || '/'))`;
  const old = await sql`delete from notices where at < ${before} and not ${goesOn}`.execute(db);
  // only of those who have more than they may each is looked at
  const many = sql<{ id: string }>`select user_id as id from notices group by user_id having count(*) > ${noticesPerPerson}`;
  let gone = Number(old.numAffectedRows ?? 0n);
  for (const { id } of (await many.execute(db)).rows) {
    const newest = sql`(select at from notices where user_id = ${id} order by at desc offset ${noticesPerPerson} limit 1)`;
    const more = await sql`delete from notices where user_id = ${id} and at <= ${newest} and not ${goesOn}`.execute(db);
    gone += Number(more.numAffectedRows ?? 0n);
  }
  const ends = await db.deleteFrom('lease_ends').where('ends_at', '<', before).executeTakeFirst();
  return gone + Number(ends.numDeletedRows);
}
