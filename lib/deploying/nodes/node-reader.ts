import type { Secret } from '@/lib/core/secret';
import type { AgentMessage, Bundle } from '@/lib/nodes/protocol';
import type { PoolTarget } from '@/lib/nodes/shell/pool';

/** What is asked of a node over SSH in one visit. */
export interface Visit {
  /** messages with a higher `seq` are wanted */
  after: number;
  /** start again from this step */
  runFrom?: string;
  /** its steps, where they did not fit into the user data and it has not got them yet */
  bundle?: Secret<Bundle>;
}

/** Visits a node by SSH and brings its messages back. @throws AppError `node-unreachable` */
export type ReadNode = (target: PoolTarget, visit: Visit) => Promise<AgentMessage[]>;
