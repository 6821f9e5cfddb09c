import type { Generated } from 'kysely';
import type { Json, JsonDefault, MaybeTime, Time } from './columns';

/** One listing of a job at a cluster. Times are ISO 8601. */
export interface KeptSighting {
  cluster: string;
  name: string;
  state: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Suspended' | 'Unknown';
  createdAt: string | null;
  startedAt: string | null;
  finishedAt: string | null;
}

/** A file that a job wrote. */
export interface KeptResult {
  cluster: string;
  bucket: string;
  key: string;
  bytes: number;
  etag: string;
}

/** A job over all clusters. */
export interface JobRow {
  id: string;
  user_id: string;
  pair_id: string;
  service: string;
  origin_id: string;
  origin_name: string;
  ran_id: string;
  ran_name: string;
  state: 'Pending' | 'Suspended' | 'Crossing' | 'Running' | 'Succeeded' | 'Failed' | 'Gone' | 'Unknown';
  crossed: boolean;
  why: 'wait' | 'no-room' | 'drain' | 'person' | null;
  object: string | null;
  submitted_at: Time;
  left_at: MaybeTime;
  came_at: MaybeTime;
  started_at: MaybeTime;
  finished_at: MaybeTime;
  bytes_over: number | null;
  seen: Json<KeptSighting[]>;
  results: JsonDefault<KeptResult[]>;
  settled: Generated<boolean>;
}

/** Where data of a bucket may go. */
export interface LocalityRuleRow {
  id: string;
  user_id: string;
  /** null: of any cluster */
  cluster_id: string | null;
  bucket: string;
  /** folder inside; empty: all of the bucket */
  prefix: string;
  kind: 'stay' | 'prefer-near' | 'free';
  region: 'eu' | 'us' | 'other' | null;
  created_at: Time;
}

/** Which row a job of a listing is. */
export interface JobSightingRow {
  cluster_id: string;
  service: string;
  name: string;
  job_id: string;
}

/** How far along a service's list one is that comes in pages. Milliseconds since 1970. */
export interface KeptSweep {
  next: string;
  names: string[];
}

/** Who follows a person's jobs. */
export interface JobFollowingRow {
  user_id: string;
  beat_at: MaybeTime;
  busy_until: MaybeTime;
  watched_until: MaybeTime;
  turns: JsonDefault<{ turn?: number; sweeps?: Record<string, KeptSweep> }>;
}
