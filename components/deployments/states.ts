import type { Tone } from '@/components/ui/tone';
import type { DeploymentSummary, NodeView, ResourceView } from '@/lib/api/contract/deployments';

export type DeploymentState = DeploymentSummary['state'];
export type NodeState = NodeView['state'];
export type Phase = ResourceView['phase'];

const nodeTones: Record<NodeState, Tone> = {
  pending: 'waiting',
  building: 'busy',
  booting: 'busy',
  configuring: 'busy',
  ready: 'ok',
  failed: 'bad',
  stopped: 'idle',
  unreachable: 'warn',
  deleting: 'busy',
  gone: 'idle',
};
const phaseTones: Record<Phase, Tone> = {
  planned: 'waiting',
  creating: 'busy',
  waiting: 'busy',
  ready: 'ok',
  failed: 'bad',
  deleting: 'busy',
  gone: 'idle',
};

export const toneOfNode = (state: NodeState): Tone => nodeTones[state];
export const toneOfPhase = (phase: Phase): Tone => phaseTones[phase];

/** The states behind each filter of the list. */
export const stateFilters = {
  running: ['ready', 'degraded', 'updating'],
  moving: ['planned', 'deploying', 'configuring', 'updating', 'starting', 'stopping', 'waiting-for-lease', 'deleting'],
  attention: ['failed', 'degraded'],
  stopped: ['stopped'],
  deleted: ['deleted'],
} as const satisfies Record<string, readonly DeploymentState[]>;
export type StateFilter = keyof typeof stateFilters;

/** The filter that the page's address names, if any. */
export function stateFilterOf(text: string): StateFilter | undefined {
  return (['running', 'moving', 'attention', 'stopped', 'deleted'] as const).find((filter) => filter === text);
}
