import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import type { Node } from '../ledger/ledger';
import type { Ports } from '../ports';

/** The form in which tokens of nodes are stored. */
export function hashToken(token: Secret): string {
  return createHash('sha256').update(token.reveal()).digest('hex');
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
