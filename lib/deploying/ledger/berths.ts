import { sql, type Transaction } from 'kysely';
import type { Store } from '@/lib/store';
import type { Schema } from '@/lib/store/schema';

/** What a lease has reserved, as servers boot on it. */
export interface Reserved {
  site: string;
  /** by their ids, each with how many servers it takes: named hosts have a reservation each */
  reservations: readonly { id: string; places: number }[];
}

/**
 * Takes a place on one of a lease's reservations for a server, before it is asked for; a server that has one keeps it.
 * @returns the id of the reservation; undefined where every place is taken, by whichever deployment
 */
export async function takeBerth(
  { db }: Store,
  { site, reservations }: Reserved,
  deploymentId: string,
  key: string,
): Promise<string | undefined> {
  const ids = reservations.map(({ id }) => id).sort();
  if (ids.length === 0) return undefined;
  return db.transaction().execute(async (trx) => {
    // one after the other: two that look at once would both find the same place free; in one order, so that no two wait for each other
    for (const id of ids) await sql`select pg_advisory_xact_lock(hashtextextended(${`berth ${site} ${id}`}, 0))`.execute(trx);
    const rows = await trx
      .selectFrom('berths')
      .select(['reservation', 'place', 'deployment_id', 'key'])
      .where('site', '=', site)
      .where('reservation', 'in', ids)
      .execute();
    const own = rows.find((row) => row.deployment_id === deploymentId && row.key === key);
    if (own) return own.reservation;
    const free = reservations.flatMap(({ id, places }) => {
      const taken = new Set(rows.filter(({ reservation }) => reservation === id).map(({ place }) => place));
      const place = Array.from({ length: places }, (_, index) => index + 1).find((each) => !taken.has(each));
      return place === undefined ? [] : [{ reservation: id, place }];
    })[0];
    if (!free) return undefined;
    // a lease made anew has another reservation
    await trx.deleteFrom('berths').where('deployment_id', '=', deploymentId).where('key', '=', key).execute();
    await trx
      .insertInto('berths')
      .values({ site, ...free, deployment_id: deploymentId, key })
      .execute();
    return free.reservation;
  });
}

/** Gives back the places of what is not there. */
export async function leaveBerths(trx: Transaction<Schema>, deploymentId: string, keys: string[]): Promise<void> {
  if (keys.length > 0) await trx.deleteFrom('berths').where('deployment_id', '=', deploymentId).where('key', 'in', keys).execute();
}
