import type { BatchAnswer } from '@/lib/nodes/protocol';
import type { Node } from '../ledger/ledger';
import { isChanging, writeAlive } from '../ledger/node-rows';
import type { Ports } from '../ports';
import { type IsIts, unknownNode } from './authenticate';
import { nextBeat } from './beat';

/**
 * Takes in that a node which is ready still lives, and nothing else: most of what agents send is this, and of each it needs two statements on few columns.
 * @param isIts whether it is of its agent
 * @returns undefined where it may make more of the node than that it was heard
 * @throws AppError `not-found` as `acceptBatch`
 */
export async function hearAlive(
  { store: { db }, clock, pace }: Ports,
  nodeId: string,
  channel: Node['channel'],
  isIts: IsIts,
): Promise<BatchAnswer | undefined> {
  const node = await db
    .selectFrom('nodes')
    .select(['admissions', 'state', 'seq', 'run_from', 'heard_at', isChanging.as('changing')])
    .where('id', '=', nodeId)
    .executeTakeFirst();
  if (!node || !isIts(node)) throw unknownNode();
  if (node.state !== 'ready' || node.run_from !== null || node.heard_at === null) return undefined;
  const isWritten = await writeAlive(db, nodeId, channel, clock.now());
  return isWritten ? { ack: node.seq, next: nextBeat(pace.nodes(), node.changing) } : undefined;
}
