import { type Kysely, sql } from 'kysely';
import type { Retention } from '@/lib/core/config/retention';
import { forget, olderThan } from '@/lib/store/forget';
import type { Schema } from '@/lib/store/schema';

/** Forgets what is too old or too much of the histories and logs of deployments. @returns how many rows went */
export async function forgetHistory(db: Kysely<Schema>, rules: Retention, now: Date): Promise<number> {
  const counts = [
    await forget(db, 'events', olderThan(rules.eventDays, now)),
    await forget(db, 'log_lines', olderThan(rules.logDays, now)),
    await forgetBeyond(db, 'events', rules.eventsPerDeployment),
    await forgetBeyond(db, 'log_lines', rules.logPiecesPerDeployment),
  ];
  return counts.reduce((sum, count) => sum + count, 0);
}

// Only those that have more than they may are looked at row by row.
async function forgetBeyond(db: Kysely<Schema>, table: 'events' | 'log_lines', most: number): Promise<number> {
  const from = sql.table(table);
  const many = sql<{ id: string }>`select deployment_id as id from ${from} group by deployment_id having count(*) > ${most}`;
  let gone = 0;
  for (const { id } of (await many.execute(db)).rows) {
    const cut = sql`(select id from ${from} where deployment_id = ${id} order by id desc offset ${most} limit 1)`;
    gone += await forget(db, table, sql`deployment_id = ${id} and id <= ${cut}`);
  }
  return gone;
}
