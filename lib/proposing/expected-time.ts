import { sql } from 'kysely';
import type { Store } from '@/lib/store';

/** Earlier deployments that are looked at. */
const recent = 15;

/**
 * How long a recipe took until it was ready at the same sites, whoever deployed it: the median of the latest deployments.
 * @param sites ids, in any order
 * @returns seconds; null where it never became ready there
 */
export async function expectedTime({ db }: Pick<Store, 'db'>, recipe: string, sites: readonly string[]): Promise<number | null> {
  const latest = db
    .selectFrom('deployments')
    .select(sql<number>`extract(epoch from ready_at - created_at)::float8`.as('seconds'))
    .where('recipe', '=', recipe)
    .where('ready_at', 'is not', null)
    .where('sites', '@>', sql<string[]>`${[...sites]}::text[]`)
    .where('sites', '<@', sql<string[]>`${[...sites]}::text[]`)
    .orderBy('created_at', 'desc')
    .limit(recent);
  const { median } = await db
    .selectFrom(latest.as('latest'))
    .select(sql<number | null>`percentile_cont(0.5) within group (order by seconds)`.as('median'))
    .executeTakeFirstOrThrow();
  return median === null ? null : Math.round(median);
}
