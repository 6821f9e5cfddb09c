import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Schema } from './schema';

/** Rows that go at once, so that nobody waits long for their turn. */
const slice = 5000;
const dayMs = 86_400_000;

/** What is only written down, in the order of its ids. */
export type Written = 'events' | 'log_lines' | 'audit';

/** Deletes the rows of a table for which a condition holds, some at a time. @returns how many they were */
export async function forget(db: Kysely<Schema>, table: Written, condition: RawBuilder<unknown>): Promise<number> {
  for (let gone = 0; ; ) {
    const from = sql.table(table);
    const { numAffectedRows = 0n } =
      await sql`delete from ${from} where id in (select id from ${from} where ${condition} limit ${slice})`.execute(db);
    gone += Number(numAffectedRows);
    if (numAffectedRows < slice) return gone;
  }
}

/** Condition of rows that are older than so many days. */
export function olderThan(days: number, now: Date): RawBuilder<unknown> {
  return sql`at < ${new Date(now.getTime() - days * dayMs)}`;
}

/** Forgets what is too old of the audit, and what is before its newest entries. @returns how many rows went */
export async function forgetAudit(db: Kysely<Schema>, rules: { auditDays: number; auditEntries: number }, now: Date): Promise<number> {
  const old = await forget(db, 'audit', olderThan(rules.auditDays, now));
  const cut = sql`(select id from audit order by id desc offset ${rules.auditEntries} limit 1)`;
  return old + (await forget(db, 'audit', sql`id <= ${cut}`));
}
