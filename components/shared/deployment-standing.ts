import type { Tone } from '@/components/ui/tone';
import type { DeploymentSummary } from '@/lib/api/contract/deployments';

type DeploymentState = DeploymentSummary['state'];
type Told = Pick<DeploymentSummary, 'state' | 'wanted' | 'nodes'>;

const tones: Record<DeploymentState, Tone> = {
  planned: 'waiting',
  deploying: 'busy',
  configuring: 'busy',
  ready: 'ok',
  degraded: 'warn',
  updating: 'busy',
  failed: 'bad',
  stopping: 'busy',
  stopped: 'idle',
  starting: 'busy',
  'waiting-for-lease': 'waiting',
  deleting: 'busy',
  deleted: 'idle',
};

/**
 * How a deployment stands, for every screen that says it. What the engine calls degraded is told apart by the nodes: some work (`in-part`), none does
 * (`down`), none is to (`stopped-amiss`), or all do and something else of it is not right (`amiss`).
 */
export type Standing = Exclude<DeploymentState, 'degraded'> | 'in-part' | 'down' | 'stopped-amiss' | 'amiss';

export function standingOf({ state, wanted, nodes }: Told): Standing {
  if (state !== 'degraded') return state;
  if (wanted === 'stopped' && nodes.ready === 0) return 'stopped-amiss';
  if (nodes.ready >= nodes.total) return 'amiss';
  return nodes.ready > 0 ? 'in-part' : 'down';
}

/** One that has no node that works is as bad as one that failed. */
export function toneOfStanding(told: Told): Tone {
  return standingOf(told) === 'down' ? 'bad' : tones[told.state];
}

/** Whether somebody can work with it now, all of it or a part. */
export function isOfUse(told: Told): boolean {
  return ['ready', 'in-part', 'amiss', 'updating'].includes(standingOf(told)) && (told.nodes.ready > 0 || told.nodes.total === 0);
}

/** Whether a deployment is on its way somewhere, so that looking again soon is worth it. */
export function isMoving(state: DeploymentState): boolean {
  return tones[state] === 'busy' || tones[state] === 'waiting';
}
