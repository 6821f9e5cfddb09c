import { createHash, timingSafeEqual } from 'node:crypto';
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

/** The node whose agent has made this token. @throws AppError `not-found` for an unknown node or another token (the answer does not tell which) */
export async function authenticate(ports: Ports, nodeId: string, token: Secret): Promise<Node> {
  const node = await ports.store.db.selectFrom('nodes').selectAll().where('id', '=', nodeId).executeTakeFirst();
  const given = Buffer.from(hashToken(token), 'hex');
  const isIts = node?.admissions.some(({ taken }) => taken && timingSafeEqual(given, Buffer.from(taken.token, 'hex')));
  if (!node || !isIts) throw unknownNode();
  return node;
}

export function unknownNode(): AppError {
  return new AppError({
    code: 'not-found',
    title: 'There is no such node',
    cause: 'Its deployment was deleted, or the token is not the one of this node.',
  });
}
