import type { Generated } from 'kysely';
import type { Problem } from '@/lib/core/errors';
import type { JsonDefault, MaybeJson, MaybeTime } from './columns';

type NodeState = 'pending' | 'building' | 'booting' | 'configuring' | 'ready' | 'failed' | 'stopped' | 'unreachable' | 'deleting';

/** A step of a node; rows that an earlier version wrote don't say how long it may take. */
export interface StepState {
  name: string;
  title: string;
  timeoutSeconds?: number;
  state: 'waiting' | 'running' | 'done' | 'failed';
  attempt: number;
  startedAt?: string;
  endedAt?: string;
  exitCode?: number;
}

/** What went out with the user data of a node's server: a token that is good once. */
export interface Admission {
  /** SHA-256 of the token */
  hash: string;
  /** public half of the host key with which the machine begins */
  firstKey: string;
  /** the agent that came with it: SHA-256 of the token that it has made, and the host key that it puts in place */
  taken: { token: string; hostKey: string } | null;
  /** another one came with it later, and that was told */
  refused?: boolean;
}

export interface NodeRow {
  id: string;
  deployment_id: string;
  key: string;
  group_name: string;
  site: string;
  hostname: string;
  state: Generated<NodeState>;
  private_address: string | null;
  public_address: string | null;
  /** the one that its agent has put in place; null until it said so */
  host_key: string | null;
  admissions: JsonDefault<Admission[]>;
  channel: 'callback' | 'ssh' | null;
  seq: Generated<number>;
  steps: JsonDefault<StepState[]>;
  outputs: JsonDefault<Record<string, string>>;
  facts: JsonDefault<Record<string, string | number | boolean>>;
  problem: MaybeJson<Problem>;
  deadline_at: MaybeTime;
  heard_at: MaybeTime;
  version: Generated<number>;
  wanted: Generated<'running' | 'stopped'>;
  reboot: 'SOFT' | 'HARD' | null;
  run_from: string | null;
  /** … these steps only; null: all from there on */
  run_only: MaybeJson<string[]>;
  /** number of the run that it was last asked for; 0: the first, which nobody asks for */
  run_number: Generated<number>;
  /** what its agent still runs is ended for that */
  run_ends: Generated<boolean>;
  /** since when it takes no new work, as somebody has asked */
  drained_at: MaybeTime;
  /** lines in the history, and bytes in the log, since its machine was made or it was asked to run its steps again */
  events_told: Generated<number>;
  log_bytes: Generated<number>;
  /** secret results that were sealed, and steps whose hand-over is in the audit, since then */
  seals: Generated<number>;
  handed: Generated<number>;
}
