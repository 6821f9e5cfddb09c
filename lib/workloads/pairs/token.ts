import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import { invalidInput } from '@/lib/core/problems';
import { Secret } from '@/lib/core/secret';
import type { Schema } from '@/lib/store/schema';
import type { WorkloadPorts } from '../types';
import { needPair } from './rows';

/** What a pair's refresh token is sealed as. */
export const pairTokenKind = 'pair-token';

const claimsSchema = z.object({ iss: z.string().min(1), azp: z.string().min(1), exp: z.number().optional() });

/** What can be seen to stand against a refresh token before OSCAR is given it; null: nothing. Pure. @param now milliseconds since 1970 */
export function tokenFault(token: string, now: number): string | null {
  const claims = claimsSchema.safeParse(payloadOf(token));
  if (!claims.success) return 'OSCAR takes only a refresh token that is a JWT and names its issuer and its client (`iss`, `azp`).';
  const { exp } = claims.data;
  return exp !== undefined && exp * 1000 <= now ? 'This refresh token has ended. Get a new one.' : null;
}

function payloadOf(token: string): unknown {
  const [, payload = '', signature] = token.split('.');
  try {
    return signature === undefined ? null : JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** @throws AppError `invalid-input` at the field where the token can't be one that OSCAR takes */
export function checkToken({ clock }: Pick<WorkloadPorts, 'clock'>, token: string): void {
  const message = tokenFault(token, clock.now().getTime());
  if (message !== null) throw invalidInput([{ path: 'refreshToken', message }]);
}

/** A refresh token as the row of a pair keeps it. @throws AppError as {@link checkToken} */
export async function sealToken(ports: WorkloadPorts, userId: string, pair: string, token: string): Promise<Buffer> {
  checkToken(ports, token);
  return await ports.credentials.vault.seal(userId, pair, pairTokenKind, new Secret(token));
}

/** The refresh token that is kept for a pair. @param use for the audit */
export async function keptToken({ store, credentials }: WorkloadPorts, pair: string, use: string): Promise<Secret | null> {
  const row = await store.db.selectFrom('pairs').select(['user_id', 'token']).where('id', '=', pair).executeTakeFirst();
  return row?.token ? await credentials.vault.open(row.user_id, pair, pairTokenKind, row.token, use) : null;
}

/**
 * Keeps a refresh token for a pair until its person has it forgotten or takes the pair out.
 * @throws AppError `not-found`; `conflict` where the pair does not stand or needs none; `invalid-input`
 */
export async function keepToken(ports: WorkloadPorts, userId: string, id: string, token: string): Promise<void> {
  const row = await needPair(ports, userId, id);
  const origin = row.origin_id ?? '';
  const cluster = await ports.store.db.selectFrom('clusters').select('dialect').where('id', '=', origin).executeTakeFirst();
  if (cluster?.dialect !== '4.1') throw needsNone(row.name);
  const sealed = await sealToken(ports, userId, id, token);
  const { numUpdatedRows } = await ports.store.db
    .updateTable('pairs')
    .set({ token: sealed, token_stays: true })
    .where('id', '=', id)
    .where('state', '=', 'standing')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw notKept(row.name);
}

/** Forgets a refresh token that was given for a drain alone, once nothing of that is left that could not be undone without it. */
export async function forgetDrainToken(db: Kysely<Schema>, id: string): Promise<void> {
  await db
    .updateTable('pairs')
    .set({ token: null })
    .where('id', '=', id)
    .where('token_stays', '=', false)
    .where('token', 'is not', null)
    .where('drain', 'is', null)
    .where('held', 'is', null)
    .where('shape', '!=', 'away')
    .execute();
}

/**
 * Forgets the refresh token of a pair.
 * @throws AppError `not-found`; `conflict` while the origin's service is changed for a drain, which can't be ended without it
 */
export async function forgetToken(ports: WorkloadPorts, userId: string, id: string): Promise<void> {
  const row = await needPair(ports, userId, id);
  const { numUpdatedRows } = await ports.store.db
    .updateTable('pairs')
    .set({ token: null, token_stays: false })
    .where('id', '=', id)
    .where('held', 'is', null)
    .where((where) => where.or([where('drain', 'is', null), sql<boolean>`drain ->> 'side' = 'worker'`]))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw isInUse(row.name);
}

/** Why an origin of 4.1 can't be drained, or changed, without one. */
export function needsToken(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `“${name}” can’t be changed without its refresh token`,
    detail:
      'An origin of release 4.1 takes a change of such a service only together with its refresh token, and none is kept for this pair.',
    remedy: 'Give the refresh token with it, or have Transat keep it at the pair.',
  });
}

function needsNone(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `The pair “${name}” needs no refresh token`,
    detail: 'Only an origin of release 4.1 signs in to its worker with one.',
    remedy: 'Give none: nothing was kept.',
  });
}

function notKept(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `The pair “${name}” does not stand`,
    detail: 'Only for a pair that was made whole a refresh token is kept.',
    remedy: 'Take it out and make it again.',
  });
}

function isInUse(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `The refresh token of “${name}” is needed just now`,
    detail: 'New work is being sent to the worker. The origin can’t be told to work as before without the token.',
    remedy: 'End the drain or drill first.',
  });
}
