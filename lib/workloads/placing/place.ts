import type { ClusterStatus } from '@/lib/oscar/types';
import type { LocalityAnswer } from '../locality';

/** What a job asks for. */
export interface JobNeeds {
  milliCores: number;
  memoryBytes: number;
  gpu: boolean;
}

/** What is known when it is asked where a job would run. */
export interface PlacementFacts {
  needs: JobNeeds;
  /** how busy each side is; null: it does not tell */
  origin: Pick<ClusterStatus, 'nodes' | 'mostFree' | 'gpus'> | null;
  worker: Pick<ClusterStatus, 'nodes' | 'mostFree' | 'gpus'> | null;
  /** whether the origin may hand jobs on now */
  open: boolean;
  /** it hands on all that comes */
  drained: boolean;
  thresholdSeconds: number;
  /** whether its file may go there: OSCAR, which places it, does not know */
  locality: LocalityAnswer;
}

/** Where a job would run now, and why: keys of the texts of the screens. */
export interface Placed {
  /** `waits`: at its origin, until there is room */
  runs: 'origin' | 'worker' | 'waits' | 'nowhere';
  why:
    | 'room-here'
    | 'drained'
    | 'full-here'
    | 'too-large-here'
    | 'full-on-both'
    | 'closed'
    | 'against-rule'
    | 'worker-silent'
    | 'too-large-there'
    | 'too-large-anywhere'
    | 'origin-silent';
  /** most seconds until it is handed on; null: it is not */
  withinSeconds: number | null;
}

/** OSCAR looks at what waits so often. */
const INTERVAL_SECONDS = 15;

/**
 * Says where a job that came now would run: at its origin where there is room; else on the other side, where the origin may hand it on and a machine there
 * is large enough; else it waits. As OSCAR places it, which hands on to one that is full as well, and of a pair that a rule came to forbid since. Pure.
 */
export function placeJob({ needs, origin, worker, open, drained, thresholdSeconds, locality }: PlacementFacts): Placed {
  if (!origin) return { runs: 'nowhere', why: 'origin-silent', withinSeconds: null };
  if (!drained && hasRoom(needs, origin)) return { runs: 'origin', why: 'room-here', withinSeconds: null };
  const here = fits(needs, origin);
  const stays = (why: Placed['why']): Placed => ({ runs: here ? 'waits' : 'nowhere', why, withinSeconds: null });
  if (!open) return stays('closed');
  if (!worker) return stays('worker-silent');
  if (!fits(needs, worker)) return stays(here ? 'too-large-there' : 'too-large-anywhere');
  const withinSeconds = drained ? INTERVAL_SECONDS : thresholdSeconds + INTERVAL_SECONDS;
  if (locality.answer === 'refused') return { runs: 'worker', why: 'against-rule', withinSeconds };
  const why = drained ? 'drained' : !here ? 'too-large-here' : hasRoom(needs, worker) ? 'full-here' : 'full-on-both';
  return { runs: 'worker', why, withinSeconds };
}

/** Whether a cluster has room for a job now: OSCAR wants more than just enough on one machine. Pure. */
export function hasRoom({ milliCores, memoryBytes, gpu }: JobNeeds, { mostFree, gpus }: Pick<ClusterStatus, 'mostFree' | 'gpus'>): boolean {
  return mostFree.milliCores > milliCores && mostFree.memoryBytes > memoryBytes && (!gpu || gpus > 0);
}

/** Whether any machine is as large, were it empty. One that tells of none may have some. Pure. */
function fits({ milliCores, memoryBytes, gpu }: JobNeeds, { nodes, gpus }: Pick<ClusterStatus, 'nodes' | 'gpus'>): boolean {
  if (gpu && gpus === 0) return false;
  return nodes.length === 0 || nodes.some((node) => node.milliCores > milliCores && node.memoryBytes > memoryBytes);
}
