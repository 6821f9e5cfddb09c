import type { ColumnType, Generated } from 'kysely';
import type { Problem } from '@/lib/core/errors';
import type { Json, JsonDefault, MaybeJson, MaybeTime, Time } from './columns';

interface KeptPath {
  provider: string;
  path: string;
  suffix: string[];
  prefix: string[];
}

/** What a pair was asked to be. No secret is in it. */
interface KeptWish {
  name: string;
  image: string;
  script: string;
  cpu: string;
  memory: string;
  gpu?: boolean;
  vo?: string;
  variables?: Record<string, string>;
  input: KeptPath[];
  output: KeptPath[];
  thresholdSeconds: number;
}

/** What a call put in, and how that is taken out. */
export interface KeptUndo {
  side: 'origin' | 'worker';
  undo: 'delete' | 'unshare';
}

/** How far the last proof has come. Times are milliseconds since 1970. */
export interface KeptProof {
  state: 'arming' | 'put' | 'waiting' | 'crossed' | 'running' | 'written-there' | 'verified' | 'failed';
  startedAt: number;
  endedAt: number | null;
  reached: Record<string, number>;
  evidence: Record<string, string>;
  failure:
    | 'never-seen'
    | 'not-handed-on'
    | 'manager-crashed'
    | 'job-failed'
    | 'no-output'
    | 'origin-output-missing'
    | 'worker-output-missing'
    | 'stuck'
    | null;
  problem: Problem | null;
}

/** What the origin's service was before it was changed for a while. */
export interface KeptHeld {
  cpu: string;
  /** what it asks for meanwhile, so that no machine there has it */
  awayCpu: string;
}

/** A side that is to be left in peace. Times are milliseconds since 1970. */
export interface KeptDrain {
  side: 'origin' | 'worker';
  since: number;
  /** null: until somebody ends it */
  until: number | null;
  drill: boolean;
}

/** What a drill found. Times are milliseconds since 1970. */
export interface KeptDrill {
  startedAt: number;
  endedAt: number;
  /** jobs that came meanwhile, by what became of them at its end; null: the cluster did not tell */
  worker: Record<'done' | 'failed' | 'running' | 'waiting', number> | null;
  origin: Record<'done' | 'failed' | 'running' | 'waiting', number> | null;
  /** the worker did not answer meanwhile */
  silent: boolean;
}

/** A pair that was made elsewhere. */
export interface FoundPairRow {
  id: string;
  user_id: string;
  service: string;
  origin_id: string;
  worker_id: string;
  wish: Json<Pick<KeptWish, 'input' | 'output' | 'thresholdSeconds'>>;
  looked_at: Time;
}

/** A service that stands on two clusters. */
export interface PairRow {
  id: string;
  user_id: string;
  name: string;
  /** null: the cluster is gone */
  origin_id: string | null;
  worker_id: string | null;
  origin_name: string;
  worker_name: string;
  state: 'making' | 'standing' | 'removing' | 'broken' | 'undone';
  wish: Json<KeptWish>;
  undo: JsonDefault<KeptUndo[]>;
  problem: MaybeJson<Problem>;
  proof: MaybeJson<KeptProof>;
  proving_until: MaybeTime;
  /** what was last begun with the origin's service: it hands on, hands nothing on, or hands everything on */
  shape: Generated<'whole' | 'closed' | 'away'>;
  /** the cluster was seen to be so */
  settled: Generated<boolean>;
  held: MaybeJson<KeptHeld>;
  drain: MaybeJson<KeptDrain>;
  drill: MaybeJson<KeptDrill>;
  mend_until: MaybeTime;
  alive_until: MaybeTime;
  /** its services stay when it is taken out */
  keeps: Generated<boolean>;
  /** whoever made it died */
  cut_off: Generated<boolean>;
  /** a refresh token, sealed */
  token: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>;
  /** false: the token goes with the drain that it was given for */
  token_stays: Generated<boolean>;
  created_at: Time;
}
