import { type Kysely, sql } from 'kysely';
import type { Schema } from '@/lib/store/schema';

/**
 * How many servers of deployments were booted, or are to boot, on each of these reservations, whosoever's they are: a second server on a reserved
 * host is refused by its site, and a place that waits for its server is taken.
 * @param except a deployment that is not counted: the one that is changed
 * @returns by reservation id, without those that have none
 */
export async function usedPlaces(
  db: Kysely<Schema>,
  site: string,
  reservations: readonly string[],
  except?: string,
): Promise<Map<string, number>> {
  if (reservations.length === 0) return new Map();
  // a server has a place, names its reservation, or the lease of its deployment, which knows one from the beginning or once it was made
  const reservation = sql<string>`coalesce(b.reservation, r.spec ->> 'reservationId', l.observed ->> 'reservation', l.spec #>> '{held,reservation}')`;
  const rows = await db
    .selectFrom('resources as r')
    .innerJoin('deployments as d', 'd.id', 'r.deployment_id')
    .leftJoin('resources as l', (join) =>
      join.onRef('l.deployment_id', '=', 'r.deployment_id').on(sql<boolean>`l.key = r.spec ->> 'lease'`),
    )
    .leftJoin('berths as b', (join) => join.onRef('b.deployment_id', '=', 'r.deployment_id').onRef('b.key', '=', 'r.key'))
    .select([reservation.as('reservation'), sql<number>`count(*)::int`.as('servers')])
    .where('r.kind', '=', 'server')
    .where('r.site', '=', site)
    .where('r.phase', '!=', 'gone')
    .where('d.deleted_at', 'is', null)
    .$if(except !== undefined, (select) => select.where('d.id', '!=', except ?? ''))
    .where(sql<boolean>`${reservation} in (${sql.join([...reservations])})`)
    .groupBy(reservation)
    .execute();
  return new Map(rows.map((row) => [row.reservation, row.servers]));
}
