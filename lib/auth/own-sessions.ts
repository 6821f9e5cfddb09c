import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import type { Schema, SessionRow } from '@/lib/store/schema';

/** A session as its owner sees it. */
export type SessionRecord = Pick<
  Selectable<SessionRow>,
  'ref' | 'grant_id' | 'created_at' | 'expires_at' | 'last_used_at' | 'authenticated_at' | 'browser' | 'network'
>;

/** A person's sessions, the last used first. */
export async function listSessions(db: Kysely<Schema>, clock: Clock, userId: string): Promise<SessionRecord[]> {
  return await db
    .selectFrom('sessions')
    .select(['ref', 'grant_id', 'created_at', 'expires_at', 'last_used_at', 'authenticated_at', 'browser', 'network'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', clock.now())
    .orderBy('last_used_at', 'desc')
    .orderBy('ref')
    .execute();
}

/** Ends one of a person's sessions. @returns its grant, which ends with it, where the session was there */
export async function endOwnSession(db: Kysely<Schema>, userId: string, ref: string): Promise<{ grantId: string | null } | undefined> {
  const gone = await db
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where('ref', '=', ref)
    .returning('grant_id')
    .executeTakeFirst();
  return gone && { grantId: gone.grant_id };
}
