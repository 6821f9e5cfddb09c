import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { Secret } from '@/lib/core/secret';
import type { Schema, TokenRow } from '@/lib/store/schema';
import type { PersonRow } from './people';
import { hashOf } from './sessions';

/** What a personal access token begins with, so that scanners of leaked secrets know it. */
export const TOKEN_PREFIX = 'transat_pat_';
const MAX_DAYS = 366;
/** So many may be good at once: who needs more forgets some. */
const MOST_TOKENS = 100;
const DAY_MS = 86_400_000;

export type TokenRecord = Selectable<TokenRow>;

/**
 * Makes a personal access token.
 * @returns the row, and the token itself, which is nowhere kept
 * @throws AppError `invalid-input` for an end in the past or more than a year ahead; `conflict` for one too many
 */
export async function makeToken(
  db: Kysely<Schema>,
  clock: Clock,
  userId: string,
  { name, scope, expiresAt }: { name: string; scope: 'read' | 'write'; expiresAt: Date },
): Promise<{ row: TokenRecord; token: Secret }> {
  checkTokenEnd(clock, expiresAt);
  const now = clock.now();
  await checkRoom(db, now, userId);
  const token = newId(TOKEN_PREFIX.slice(0, -1)) + newId('').slice(1);
  const row = await db
    .insertInto('tokens')
    .values({ id: newId('tok'), user_id: userId, name, hash: hashOf(token), scope, created_at: now, expires_at: expiresAt })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { row, token: new Secret(token) };
}

async function checkRoom(db: Kysely<Schema>, now: Date, userId: string): Promise<void> {
  const good = db.selectFrom('tokens').select(({ fn }) => fn.countAll<string>().as('count'));
  const { count } = await good.where('user_id', '=', userId).where('expires_at', '>', now).executeTakeFirstOrThrow();
  if (Number(count) < MOST_TOKENS) return;
  throw new AppError({
    code: 'conflict',
    title: `You have ${MOST_TOKENS} tokens`,
    detail: `A person can have ${MOST_TOKENS} tokens at most that have not ended.`,
    remedy: 'End those that you don’t use any more.',
  });
}

/** @throws AppError `invalid-input` for an end in the past or more than a year ahead */
export function checkTokenEnd(clock: Clock, expiresAt: Date): void {
  const days = (expiresAt.getTime() - clock.now().getTime()) / DAY_MS;
  if (days > 0 && days <= MAX_DAYS) return;
  const message = days <= 0 ? 'This moment has passed.' : 'A token may live a year at most.';
  throw new AppError({
    code: 'invalid-input',
    title: 'The token’s end can’t be used',
    detail: message,
    fields: [{ path: 'expiresAt', message }],
  });
}

/** The person and scope of a personal access token; null when there is none such, or it has ended. */
export async function findByToken(
  db: Kysely<Schema>,
  clock: Clock,
  token: Secret,
): Promise<{ person: PersonRow; scope: 'read' | 'write'; id: string; endsAt: Date } | null> {
  const now = clock.now();
  const row = await db
    .selectFrom('tokens')
    .innerJoin('users', 'users.id', 'tokens.user_id')
    .selectAll('users')
    .select(['tokens.id as token_id', 'tokens.scope', 'tokens.last_used_at', 'tokens.expires_at'])
    .where('tokens.hash', '=', hashOf(token.reveal()))
    .where('tokens.expires_at', '>', now)
    .executeTakeFirst();
  if (!row) return null;
  const { token_id, scope, last_used_at, expires_at, ...person } = row;
  // once a minute is exact enough, and spares a write for each request
  if (!last_used_at || now.getTime() - last_used_at.getTime() > 60_000) {
    await db.updateTable('tokens').set({ last_used_at: now }).where('id', '=', token_id).execute();
  }
  return { person, scope, id: token_id, endsAt: expires_at };
}
