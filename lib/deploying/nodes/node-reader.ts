import type { Secret } from '@/lib/core/secret';
import type { AgentMessage, Bundle, Identity, QueueReport, Run } from '@/lib/nodes/protocol';
import type { PoolTarget } from '@/lib/nodes/shell/pool';

/** What is asked of a node over SSH in one visit. */
export interface Visit {
  /** messages with a higher `seq` are wanted */
  after: number;
  /** steps that it is to run again */
  run?: Run;
  /** its steps, where there are some that it has not got yet */
  bundle?: Secret<Bundle>;
  /**
   * Stores what an agent that is not known yet has made to be known by, before it is told so: nothing else is done where it has not begun.
   * `hostKey`: the one with which its machine answered
   */
  introduce?(identity: Identity, hostKey: string): Promise<void>;
}

/** Visits a node by SSH and brings its messages back. @throws AppError `node-unreachable` */
export type ReadNode = (target: PoolTarget, visit: Visit) => Promise<AgentMessage[]>;

/** What a node tells of the queue of a group; null: nothing of now. @throws AppError `node-unreachable` */
export type ReadQueue = (target: PoolTarget, group: string) => Promise<QueueReport | null>;
