import { sql } from 'kysely';
import { newId } from '@/lib/core/ids';
import type { Way } from '@/lib/store/rows/telling';
import { closingOf } from './closing';
import { dueOf } from './due';
import { keptLeases } from './kept';
import type { Tell, TellingPorts } from './types';

const dayMs = 86_400_000;
/** What was noted but is not told, of a time when nobody looked. */
const silent = 'settled';

/**
 * Looks what people are to be told of now, and writes it down: a row for each, which only one of several workers can write, with the ways on which it
 * goes out beside the screen.
 */
export async function lookForNotices(ports: TellingPorts): Promise<void> {
  const { store, clock } = ports;
  const now = clock.now().getTime();
  const kept = await keptLeases(ports);
  const users = [...new Set(kept.map(({ userId }) => userId))];
  const told = Map.groupBy(
    users.length === 0 ? [] : await store.db.selectFrom('notices').select(['user_id', 'key']).where('user_id', 'in', users).execute(),
    ({ user_id }) => user_id,
  );
  for (const each of kept) {
    const keys = new Set(told.get(each.userId)?.map(({ key }) => key));
    const { tell, settled } = dueOf(each, keys, now);
    for (const one of tell) await writeNotice(ports, each.userId, one);
    if (settled.length > 0) await settle(ports, each.userId, settled);
  }
  for (const [userId, one] of [...(await endedByLease(ports)), ...(await closing(ports))]) await writeNotice(ports, userId, one);
}

/** Writes a notice where there is none of its key, and on which ways it is to be sent. */
async function writeNotice(
  { store: { db }, clock, sendMail, webhooks }: TellingPorts,
  userId: string,
  { key, what, about }: Tell,
): Promise<void> {
  const id = newId('note');
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('notices')
      .values({ id, user_id: userId, key, what, about: JSON.stringify(about), at: now })
      .onConflict((conflict) => conflict.columns(['user_id', 'key']).doNothing())
      .executeTakeFirstOrThrow();
    if (!numInsertedOrUpdatedRows) return;
    const person = await trx
      .selectFrom('users')
      .leftJoin('telling', 'telling.user_id', 'users.id')
      .select(['users.email', 'telling.mail', 'telling.webhook_url'])
      .where('users.id', '=', userId)
      .executeTakeFirstOrThrow();
    const ways: Way[] = [];
    // who never chose is written to
    if (sendMail && person.email !== null && person.mail !== false) ways.push('mail');
    if (webhooks && person.webhook_url !== null) ways.push('webhook');
    if (ways.length > 0)
      await trx
        .insertInto('deliveries')
        .values(ways.map((way) => ({ notice_id: id, way, next_at: now })))
        .execute();
  });
}

// Noted, so that it is told never again; shown nowhere.
async function settle({ store: { db }, clock }: TellingPorts, userId: string, keys: string[]): Promise<void> {
  const now = clock.now();
  await db
    .insertInto('notices')
    .values(keys.map((key) => ({ id: newId('note'), user_id: userId, key, what: silent, about: '{}', at: now, seen_at: now })))
    .onConflict((conflict) => conflict.columns(['user_id', 'key']).doNothing())
    .execute();
}

/** Deployments that their leases ended lately. */
async function endedByLease({ store: { db }, clock }: TellingPorts): Promise<[userId: string, tell: Tell][]> {
  const rows = await db
    .selectFrom('deployments')
    .leftJoin('notices', (join) =>
      join.onRef('notices.user_id', '=', 'deployments.user_id').on(sql<boolean>`notices.key = 'deployment/' || deployments.id || '/ended'`),
    )
    .select(['deployments.id', 'deployments.user_id', 'deployments.name', 'deployments.sites', 'deployments.lost'])
    .where('deployments.ended_by', '=', 'lease')
    .where('deployments.deleted_at', '>', new Date(clock.now().getTime() - dayMs))
    .where('notices.id', 'is', null)
    .execute();
  return rows.map(({ id, user_id, name, sites, lost }) => {
    const about = { name, site: sites.join(', '), path: `/deployments/${id}`, ...(lost && lost.length > 0 ? { names: lost } : {}) };
    return [user_id, { what: 'ended', key: `deployment/${id}/ended`, about }];
  });
}

/** Deployments whose own end is near. */
async function closing({ store: { db }, clock }: TellingPorts): Promise<[userId: string, tell: Tell][]> {
  const now = clock.now();
  const rows = await db
    .selectFrom('deployments')
    .select(['id', 'user_id', 'name', 'sites', 'created_at', 'expires_at'])
    .where('deleted_at', 'is', null)
    .where('wanted', '!=', 'deleted')
    .where('expires_at', '>', now)
    .where('expires_at', '<=', new Date(now.getTime() + dayMs))
    .execute();
  return rows.flatMap(({ id, user_id, name, sites, created_at, expires_at }): [string, Tell][] => {
    const due = expires_at && closingOf({ id, since: created_at.getTime(), end: expires_at.getTime() }, now.getTime());
    if (!due) return [];
    return [[user_id, { ...due, about: { name, site: sites.join(', '), path: `/deployments/${id}`, end: expires_at.toISOString() } }]];
  });
}
