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

/** A service that stands on two clusters. */
export interface PairRow {
  id: string;
  user_id: string;
  name: string;
  origin_id: string;
  worker_id: string;
  origin_name: string;
  worker_name: string;
  state: 'making' | 'standing' | 'removing' | 'broken';
  wish: Json<KeptWish>;
  undo: JsonDefault<KeptUndo[]>;
  problem: MaybeJson<Problem>;
  proof: MaybeJson<KeptProof>;
  proving_until: MaybeTime;
  created_at: Time;
}
