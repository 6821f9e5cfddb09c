import { sql } from 'kysely';
import type { KindName } from '../../kinds';
import { type Place, placeKey } from '../../ledger/ledger';
import { atRest } from '../../ledger/state/at-rest';
import type { Ports } from '../../ports';

/** Seconds between two looks at the projects of what is at rest. */
export const watchSeconds = 300;

/** A deployment at rest and one of the places that it stands in. */
export interface Standing extends Place {
  id: string;
  userId: string;
}

/** What is kept of one of them. */
export interface Kept {
  kinds: Set<KindName>;
  known: Set<string>;
}

/**
 * The deployments at rest that are to be looked at, each with its places. All become due at the same moments, so that those of one project are looked at
 * together; of several workers one gets them. What has come to rest of late is looked at from the next moment on.
 */
export async function takeTurn({ store, clock }: Pick<Ports, 'store' | 'clock'>): Promise<Standing[]> {
  const now = clock.now();
  const period = watchSeconds * 1000;
  const moment = new Date(Math.floor(now.getTime() / period) * period);
  return store.db.transaction().execute(async (trx) => {
    await sql`
      insert into sights (deployment_id, looked_at, asked_at)
      select id, ${now}::timestamptz, ${now}::timestamptz from deployments d
      where deleted_at is null and state = any(${[...atRest]}) and not exists (select from sights s where s.deployment_id = d.id)
      on conflict do nothing`.execute(trx);
    const { rows } = await sql<{ deployment_id: string }>`
      update sights set looked_at = ${now}::timestamptz
      where deployment_id in (
        select s.deployment_id from sights s join deployments d on d.id = s.deployment_id
        where s.looked_at < ${moment}::timestamptz and d.deleted_at is null and d.state = any(${[...atRest]})
        for no key update of s skip locked)
      returning deployment_id`.execute(trx);
    if (rows.length === 0) return [];
    const { rows: standing } = await sql<Standing>`
      select distinct r.deployment_id as id, d.user_id as "userId", r.site, r.project, r.credential
      from resources r join deployments d on d.id = r.deployment_id
      where r.deployment_id = any(${rows.map((row) => row.deployment_id)}) and r.phase <> 'gone'`.execute(trx);
    return standing;
  });
}

/** What the ledgers hold in one project, by deployment. What was written of a moment ago may not show in the site's lists yet, and is left out. */
export async function loadKept({ store }: Pick<Ports, 'store'>, standing: readonly Standing[], before: Date): Promise<Map<string, Kept>> {
  const places = new Set(standing.map((each) => `${each.id} ${placeKey(each)}`));
  const rows = await store.db
    .selectFrom('resources')
    .select(['deployment_id', 'kind', 'cloud_id', 'site', 'project', 'credential', 'updated_at'])
    .where(sql<boolean>`deployment_id = any(${[...new Set(standing.map(({ id }) => id))]})`)
    .where('phase', '<>', 'gone')
    .execute();
  const fresh = new Set(rows.filter(({ updated_at }) => updated_at >= before).map(({ deployment_id }) => deployment_id));
  const kept = new Map<string, Kept>();
  for (const row of rows) {
    const { deployment_id: id, kind, cloud_id } = row;
    if (fresh.has(id) || !places.has(`${id} ${placeKey(row)}`)) continue;
    const one = kept.get(id) ?? { kinds: new Set(), known: new Set() };
    kept.set(id, one);
    one.kinds.add(kind as KindName); // written from this very type
    if (cloud_id !== null) one.known.add(cloud_id);
  }
  return kept;
}

/** What was seen of them before. */
export async function loadSights({ store }: Pick<Ports, 'store'>, ids: readonly string[]) {
  const rows = await store.db
    .selectFrom('sights')
    .select(['deployment_id', 'digests', 'asked_at'])
    .where(sql<boolean>`deployment_id = any(${[...ids]})`)
    .execute();
  return new Map(rows.map((row) => [row.deployment_id, row]));
}

/** Keeps what was seen of some deployments, beside what was seen of them elsewhere. */
export async function keepSights({ store, clock }: Pick<Ports, 'store' | 'clock'>, seen: ReadonlyMap<string, object>): Promise<void> {
  await sql`
    update sights set digests = sights.digests || news.digests::jsonb, asked_at = ${clock.now()}::timestamptz
    from unnest(${[...seen.keys()]}::text[], ${[...seen.values()].map((each) => JSON.stringify(each))}::text[]) as news (id, digests)
    where sights.deployment_id = news.id`.execute(store.db);
}
