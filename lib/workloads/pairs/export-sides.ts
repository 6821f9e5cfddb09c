import type { Cluster } from '../types';
import type { BareDefinition } from './bare-definition';

/** One side of a pair, for a program of one's own. */
export interface ExportSide extends BareDefinition {
  /** OSCAR's name for the cluster */
  id: string;
  endpoint: string;
  auth: Cluster['auth'];
  /** its release is one in which a change has to name an input twice, so that files start jobs afterwards: see `lib/oscar/webhook` */
  staleWebhooks: boolean;
}

export interface ExportPair {
  name: string;
  origin: ExportSide;
  worker: ExportSide;
  /** the origin is of 4.1 or newer: its members have an API of their own, and it gives them its own definition */
  newer: boolean;
}

/** The variables by which one signs in to both. Pure. */
export function signInOf({ origin, worker }: Pick<ExportPair, 'origin' | 'worker'>): Record<'origin' | 'worker', string> {
  return {
    origin: origin.auth.kind === 'basic' ? 'ORIGIN_PASSWORD' : 'ACCESS_TOKEN',
    worker: worker.auth.kind === 'basic' ? 'WORKER_PASSWORD' : 'ACCESS_TOKEN',
  };
}

/** The variables that somebody has to set. Pure. */
export function variablesOf({ origin, worker }: Pick<ExportPair, 'origin' | 'worker'>, forOwn: readonly string[]): string[] {
  return [...new Set([...forOwn, ...[origin, worker].flatMap(({ secrets }) => secrets.map(({ variable }) => variable))])];
}
