import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import type { Schema } from '@/lib/store/schema';
import type { PersonRow } from './people';

/** How long a browser's session lasts at most, in seconds. */
export const SESSION_SECONDS = 12 * 3600;

/** What is kept of a token or session id: enough to know it again, and of no use to a thief of the database. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Begins a browser's session. @returns its id, which only the cookie keeps */
export async function beginSession(db: Kysely<Schema>, clock: Clock, userId: string, grantId: string): Promise<Secret> {
  const sid = randomBytes(32).toString('base64url');
  const now = clock.now();
  await db.deleteFrom('sessions').where('user_id', '=', userId).where('expires_at', '<', now).execute();
  await db
    .insertInto('sessions')
    .values({
      id: hashOf(sid),
      user_id: userId,
      grant_id: grantId,
      csrf: randomBytes(24).toString('base64url'),
      created_at: now,
      expires_at: new Date(now.getTime() + SESSION_SECONDS * 1000),
    })
    .execute();
  return new Secret(sid);
}

export interface Session {
  /** hash of the session's id */
  id: string;
  csrf: string;
  grantId: string | null;
  person: PersonRow;
}

/** The session of an id, unless it has ended. */
export async function findSession(db: Kysely<Schema>, clock: Clock, sid: Secret): Promise<Session | null> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .selectAll('users')
    .select(['sessions.id as session_id', 'sessions.csrf', 'sessions.grant_id'])
    .where('sessions.id', '=', hashOf(sid.reveal()))
    .where('sessions.expires_at', '>', clock.now())
    .executeTakeFirst();
  if (!row) return null;
  const { session_id, csrf, grant_id, ...person } = row;
  return { id: session_id, csrf, grantId: grant_id, person };
}

/** Ends a session; its cookie is worth nothing from now on. */
export async function endSession(db: Kysely<Schema>, session: Session): Promise<void> {
  await db.deleteFrom('sessions').where('id', '=', session.id).execute();
}
