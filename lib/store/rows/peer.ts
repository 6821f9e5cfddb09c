import type { GeneratedAlways } from 'kysely';
import type { Problem } from '@/lib/core/errors';
import type { Json, JsonDefault, MaybeJson, MaybeTime, Time } from './columns';

/** How a cluster was seen to be, look after look. Times are milliseconds since 1970. */
export interface KeptBreaker {
  state: 'watching' | 'closed' | 'failing' | 'open' | 'half-open';
  /** when that began */
  since: number;
  /** looks in a row that it did not answer, or did after it had not */
  bad: number;
  good: number;
  /** how often it opened without a longer time of peace between */
  trips: number;
  /** when it closed last after it was open */
  closedAt: number | null;
  /** when it answered last; null: never yet */
  answeredAt: number | null;
}

/** A cluster that takes work of others. */
export interface PeerRow {
  cluster_id: string;
  breaker: Json<KeptBreaker>;
  look_at: Time;
  held_until: MaybeTime;
}

/** Something that happened to a pair. */
export interface PairEventRow {
  id: GeneratedAlways<string>;
  pair_id: string;
  at: Time;
  kind: PairEventKind;
  values: JsonDefault<Record<string, string | number>>;
  problem: MaybeJson<Problem>;
}

export type PairEventKind =
  | 'silent'
  | 'answers'
  | 'taken-out'
  | 'put-back'
  | 'moved-away'
  | 'change-failed'
  | 'drain-begun'
  | 'drain-ended'
  | 'drill-begun'
  | 'drill-ended'
  | 'threshold'
  | 'proved'
  | 'proof-failed'
  | 'cluster-gone';
