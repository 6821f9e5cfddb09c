import { createHash } from 'node:crypto';
import { AppError } from '@/lib/core/errors';
import { invalidInput } from '@/lib/core/problems';
import { Secret } from '@/lib/core/secret';
import type { Services } from '../services';
import type { Reply } from './reply';

/** A request that got no answer this long ago was lost with its process. */
const LOST_AFTER_MS = 120_000;
/** Answers are given again for a day. */
const KEPT_MS = 86_400_000;
/** What a kept answer is sealed as. */
export const answerKind = 'idempotent-answer';

interface Attempt {
  services: Services;
  userId: string;
  key: string;
  /** SHA-256 of method, path and body */
  requestHash: string;
}

/** The hash that tells a repetition from another request under the same key. */
export function hashRequest(method: string, path: string, body: string): string {
  return createHash('sha256')
    .update(JSON.stringify([method, path, body]))
    .digest('hex');
}

/**
 * Runs a write once for its Idempotency-Key: a repetition gets the first answer again, also while another process holds it.
 * Only successes are kept, so what failed can be tried again. Answers may hold a new token, so they are kept sealed.
 * @throws AppError `conflict` while the first is still running, or when the key was used for something else
 */
export async function once(attempt: Attempt, work: () => Promise<Reply | Response>): Promise<Reply | Response> {
  if (!/^[\x21-\x7e]{1,200}$/.test(attempt.key)) {
    throw invalidInput([{ path: 'Idempotency-Key', message: 'Use 1 to 200 visible ASCII characters.' }]);
  }
  const earlier = await begin(attempt);
  if (earlier) return earlier;
  try {
    const reply = await work();
    if (!(reply instanceof Response)) await keep(attempt, reply);
    return reply;
  } catch (error) {
    await forget(attempt);
    throw error;
  }
}

const own = ({ services, userId, key }: Attempt) =>
  services.store.db.selectFrom('idempotency_keys').selectAll().where('user_id', '=', userId).where('key', '=', key);

async function begin(attempt: Attempt): Promise<Reply | undefined> {
  const { services, userId, key, requestHash } = attempt;
  const now = services.clock.now();
  await services.store.db
    .deleteFrom('idempotency_keys')
    .where('user_id', '=', userId)
    .where('created_at', '<', new Date(now.getTime() - KEPT_MS))
    .execute();
  const inserted = await services.store.db
    .insertInto('idempotency_keys')
    .values({ user_id: userId, key, request_hash: requestHash, status: 0, body: '{}', created_at: now })
    .onConflict((conflict) => conflict.columns(['user_id', 'key']).doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 1n) return undefined;
  const row = await own(attempt).executeTakeFirst();
  if (!row) return await begin(attempt);
  if (row.request_hash !== requestHash) throw reused();
  if (row.status === 0) {
    if (now.getTime() - row.created_at.getTime() < LOST_AFTER_MS) throw stillRunning();
    await forget(attempt);
    return await begin(attempt);
  }
  const sealed = sealedIn(row.body);
  const body: unknown = sealed
    ? JSON.parse((await services.credentials.vault.open(userId, key, answerKind, sealed, 'repeat an answer')).reveal())
    : undefined;
  return { status: row.status, body, headers: { ...row.headers, 'idempotency-replayed': 'true' } };
}

/** A kept answer's sealed text; undefined where it had none. */
export function sealedIn(body: object): Buffer | undefined {
  return 'sealed' in body && typeof body.sealed === 'string' ? Buffer.from(body.sealed, 'base64') : undefined;
}

async function keep({ services, userId, key }: Attempt, { status, body, headers }: Reply): Promise<void> {
  const sealed =
    body === undefined
      ? {}
      : { sealed: (await services.credentials.vault.seal(userId, key, answerKind, new Secret(JSON.stringify(body)))).toString('base64') };
  await services.store.db
    .updateTable('idempotency_keys')
    .set({ status: status ?? (body === undefined ? 204 : 200), body: JSON.stringify(sealed), headers: JSON.stringify(headers ?? {}) })
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .execute();
}

async function forget({ services, userId, key }: Attempt): Promise<void> {
  await services.store.db.deleteFrom('idempotency_keys').where('user_id', '=', userId).where('key', '=', key).execute();
}

function reused(): AppError {
  return new AppError({
    code: 'conflict',
    title: 'This Idempotency-Key was used for another request',
    detail: 'The key names an earlier request with another method, path or body.',
    remedy: 'Use a new key for a new request, and the same key only to repeat the very same request.',
  });
}

function stillRunning(): AppError {
  return new AppError({
    code: 'conflict',
    title: 'The first request with this Idempotency-Key is still running',
    remedy: 'Wait a few seconds and repeat it with the same key.',
  });
}
