import type { JobRow, KeptResult, KeptSighting } from '@/lib/store/rows/job';

/** Why a job ran elsewhere than where its file arrived; `person`: its file was put there, and nothing crossed. */
export type Why = NonNullable<JobRow['why']>;
export type LedgerState = JobRow['state'];

/** A job over all clusters of a pair. Times are milliseconds since 1970. */
export interface LedgerJob {
  id: string;
  pair: string;
  service: string;
  /** where it was given to, and where it ran or will */
  origin: string;
  ran: string;
  /** `Crossing`: it has left, and is not seen on the other side yet; `Gone`: it was removed before it ended */
  state: LedgerState;
  crossed: boolean;
  why: Why | null;
  /** `bucket/key` of the file that it answers; null: not known yet, or there is none */
  object: string | null;
  submittedAt: number;
  /** when it was seen to be gone from where it waited */
  leftAt: number | null;
  /** when the other side took it */
  cameAt: number | null;
  startedAt: number | null;
  finishedAt: number | null;
  /** bytes that crossed the ocean for it: what it read and what it brought back */
  bytesOver: number | null;
  seen: KeptSighting[];
  results: KeptResult[];
  /** nothing more is to be learnt of it */
  settled: boolean;
}

/** As much of a pair as its jobs are followed by. */
export interface FollowedPair {
  id: string;
  service: string;
  origin: string;
  worker: string;
  /** whether a job has the same name on both sides: from 4.1 on */
  keepsNames: boolean;
  thresholdSeconds: number;
  /** when the origin began to hand on all that comes; null: it does not */
  drainedSince: number | null;
}
