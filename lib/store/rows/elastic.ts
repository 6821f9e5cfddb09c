import type { Problem } from '@/lib/core/errors';
import type { QueueReport } from '@/lib/nodes/protocol';
import type { Json, JsonDefault, MaybeJson, MaybeTime, Time } from './columns';

/** What was decided last of a group that follows a queue; `says` is the line of its history. */
export interface KeptDecision {
  does: 'grow' | 'shrink' | 'none';
  because: string;
  /** how many nodes it has after it */
  count: number;
  says: string;
  /** ISO 8601 */
  at: string;
}

/** A group that follows a queue. */
export interface ElasticGroupRow {
  deployment_id: string;
  group_name: string;
  /** SHA-256 of the token by which its queue is told of */
  token_hash: string;
  report: Json<QueueReport>;
  /** by host name, ISO 8601: since when it was seen to have nothing to do */
  idle_since: JsonDefault<Record<string, string>>;
  heard_at: Time;
  /** when its nodes were changed last */
  changed_at: MaybeTime;
  /** why it could not be changed last, and when that was */
  refused: MaybeJson<Problem>;
  refused_at: MaybeTime;
  decision: MaybeJson<KeptDecision>;
}
