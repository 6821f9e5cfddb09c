import { createHash, timingSafeEqual } from 'node:crypto';
import { cacheOf } from '@/lib/core/cache';
import { systemClock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import type { Admission } from '@/lib/store/schema';
import type { Node } from '../ledger/ledger';
import type { Ports } from '../ports';

/** The form in which tokens of nodes are stored. */
export function hashToken(token: Secret): string {
  return createHash('sha256').update(token.reveal()).digest('hex');
}

/** Whether a machine was sent out with this one-time token, whatever became of it. */
export function isOf(token: Secret): (admission: Pick<Admission, 'hash'>) => boolean {
  const given = Buffer.from(hashToken(token), 'hex');
  return ({ hash }) => timingSafeEqual(given, Buffer.from(hash, 'hex'));
}

/** @throws AppError `not-found` for an unknown node, or a token that none of its machines was sent out with (the answer does not tell which) */
export async function checkAdmission(ports: Ports, nodeId: string, token: Secret): Promise<void> {
  const node = await ports.store.db.selectFrom('nodes').select('admissions').where('id', '=', nodeId).executeTakeFirst();
  if (!node?.admissions.some(isOf(token))) throw unknownNode();
}

/** Whether what comes is of a node, as its row says. */
export type IsIts = (node: Pick<Node, 'admissions'>) => boolean;

/** Whether the agent of a node has made this token: the one that its machine was sent out for. */
export function hasMade(token: Secret): (node: Pick<Node, 'admissions'> | undefined) => boolean {
  const given = Buffer.from(hashToken(token), 'hex');
  return (node) => node?.admissions.some(({ taken }) => taken && timingSafeEqual(given, Buffer.from(taken.token, 'hex'))) ?? false;
}

/** What is read of a node for each of its requests: the whole row costs as much as all else that the database does for a sign of life. */
const few = ['id', 'deployment_id', 'key', 'hostname', 'state', 'steps', 'run_from', 'handed', 'admissions'] as const;

/** The node whose agent has made this token. @throws AppError `not-found` for an unknown node or another token (the answer does not tell which) */
export async function authenticate(ports: Ports, nodeId: string, token: Secret): Promise<Pick<Node, (typeof few)[number]>> {
  const node = await ports.store.db.selectFrom('nodes').select(few).where('id', '=', nodeId).executeTakeFirst();
  if (!node || !hasMade(token)(node)) throw unknownNode();
  return node;
}

/** Whose token was looked at a moment ago. */
const seen = cacheOf<true>(10_000, { clock: systemClock, lastsMs: 60_000 });

/** As {@link authenticate}, at the door alone: within a minute who was let in is let in again, since whatever lies behind it looks for itself. */
export async function checkAgent(ports: Ports, nodeId: string, token: Secret): Promise<void> {
  const who = `${nodeId} ${hashToken(token)}`;
  if (seen.has(who)) return;
  const node = await ports.store.db.selectFrom('nodes').select('admissions').where('id', '=', nodeId).executeTakeFirst();
  if (!hasMade(token)(node)) throw unknownNode();
  seen.set(who, true);
}

export function unknownNode(): AppError {
  return new AppError({
    code: 'not-found',
    title: 'There is no such node',
    cause: 'Its deployment was deleted, or the token is not the one of this node.',
  });
}
