import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import { newId } from '@/lib/core/ids';
import { Secret } from '@/lib/core/secret';
import type { Schema } from '@/lib/store/schema';
import type { PersonRow } from './people';
import type { Surroundings } from './surroundings';

/** How long a browser's session lasts at most, in seconds. */
export const SESSION_SECONDS = 12 * 3600;
/** Its last use is written down as often as this: exact enough, and it spares a write for each request. */
const TOUCH_MS = 60_000;

/** What is kept of a token or session id: enough to know it again, and of no use to a thief of the database. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * Begins a browser's session.
 * @param more when the person proved who they are (left out: now), and what is seen of the browser
 * @returns its id, which only the cookie keeps
 */
export async function beginSession(
  db: Kysely<Schema>,
  clock: Clock,
  userId: string,
  grantId: string,
  more: { authenticatedAt?: Date; surroundings?: Surroundings } = {},
): Promise<Secret> {
  const sid = randomBytes(32).toString('base64url');
  const now = clock.now();
  await db.deleteFrom('sessions').where('user_id', '=', userId).where('expires_at', '<', now).execute();
  await db
    .insertInto('sessions')
    .values({
      id: hashOf(sid),
      ref: newId('ses'),
      user_id: userId,
      grant_id: grantId,
      csrf: randomBytes(24).toString('base64url'),
      created_at: now,
      expires_at: new Date(now.getTime() + SESSION_SECONDS * 1000),
      authenticated_at: earlier(more.authenticatedAt ?? now, now),
      last_used_at: now,
      browser: more.surroundings?.browser ?? null,
      network: more.surroundings?.network ?? null,
    })
    .execute();
  return new Secret(sid);
}

// A provider whose clock is ahead makes no sign-in more recent than it is.
const earlier = (one: Date, other: Date) => (one < other ? one : other);

export interface Session {
  /** hash of the session's id */
  id: string;
  /** what people are shown as its id */
  ref: string;
  csrf: string;
  grantId: string | null;
  authenticatedAt: Date;
  endsAt: Date;
  person: PersonRow;
}

/** The session of an id, unless it has ended; its use is noted where it is told from where. */
export async function findSession(db: Kysely<Schema>, clock: Clock, sid: Secret, seen?: Surroundings): Promise<Session | null> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .selectAll('users')
    .select(['sessions.id as session_id', 'sessions.ref', 'sessions.csrf', 'sessions.grant_id'])
    .select(['sessions.authenticated_at', 'sessions.expires_at', 'sessions.last_used_at'])
    .where('sessions.id', '=', hashOf(sid.reveal()))
    .where('sessions.expires_at', '>', clock.now())
    .executeTakeFirst();
  if (!row) return null;
  const { session_id: id, ref, csrf, grant_id: grantId, authenticated_at, expires_at, last_used_at, ...person } = row;
  const now = clock.now();
  if (seen && (!last_used_at || now.getTime() - last_used_at.getTime() > TOUCH_MS)) {
    await db
      .updateTable('sessions')
      .set({ last_used_at: now, ...seen })
      .where('id', '=', id)
      .execute();
  }
  return { id, ref, csrf, grantId, authenticatedAt: authenticated_at, endsAt: expires_at, person };
}

/** Ends a session; its cookie is worth nothing from now on. */
export async function endSession(db: Kysely<Schema>, session: Pick<Session, 'id'>): Promise<void> {
  await db.deleteFrom('sessions').where('id', '=', session.id).execute();
}
