import { sql, type Transaction } from 'kysely';
import type { Store } from '@/lib/store';
import type { Schema } from '@/lib/store/schema';

/** What a lease has reserved, as servers boot on it. */
export interface Reserved {
  site: string;
  /** id of the reservation */
  reservation: string;
  /** how many servers it takes */
  places: number;
}

/**
 * Takes a place on a reservation for a server, before it is asked for; a server that has one keeps it.
 * @returns false where every place is taken, by whichever deployment
 */
export async function takeBerth(
  { db }: Store,
  { site, reservation, places }: Reserved,
  deploymentId: string,
  key: string,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    // one after the other: two that look at once would both find the same place free
    await sql`select pg_advisory_xact_lock(hashtextextended(${`berth ${site} ${reservation}`}, 0))`.execute(trx);
    const rows = await trx
      .selectFrom('berths')
      .select(['place', 'deployment_id', 'key'])
      .where('site', '=', site)
      .where('reservation', '=', reservation)
      .execute();
    if (rows.some((row) => row.deployment_id === deploymentId && row.key === key)) return true;
    const taken = new Set(rows.map(({ place }) => place));
    const place = Array.from({ length: places }, (_, index) => index + 1).find((each) => !taken.has(each));
    if (place === undefined) return false;
    // a lease made anew has another reservation
    await trx.deleteFrom('berths').where('deployment_id', '=', deploymentId).where('key', '=', key).execute();
    await trx.insertInto('berths').values({ site, reservation, place, deployment_id: deploymentId, key }).execute();
    return true;
  });
}

/** Gives back the places of what is not there. */
export async function leaveBerths(trx: Transaction<Schema>, deploymentId: string, keys: string[]): Promise<void> {
  if (keys.length > 0) await trx.deleteFrom('berths').where('deployment_id', '=', deploymentId).where('key', 'in', keys).execute();
}
