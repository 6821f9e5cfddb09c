import type { DeploymentState } from '@/lib/store/schema';
import type { Deployment } from '../ledger/ledger';

export type DeploymentAction = 'stop' | 'start' | 'reboot' | 'retry' | 'configure' | 'rebuild' | 'cancel' | 'delete';
export interface Permission {
  allowed: boolean;
  reason?: string;
}

const underWay: DeploymentState[] = ['planned', 'deploying', 'configuring', 'waiting-for-lease'];
const standing: DeploymentState[] = ['ready', 'degraded', 'stopped', 'stopping', 'starting'];

/** What may be done to a deployment in a state, and why not what may not. Pure. */
export function allowedActions(
  state: DeploymentState,
  wanted: 'running' | 'stopped' | 'deleted',
  changing: 'no' | 'on' | 'back' = 'no',
): Record<DeploymentAction, Permission> {
  const leaving = wanted === 'deleted';
  const no = (reason: string): Permission => ({ allowed: false, reason });
  const yes: Permission = { allowed: true };
  if (state === 'deleted') {
    const gone = no('It is deleted.');
    return { stop: gone, start: gone, reboot: gone, retry: gone, configure: gone, rebuild: gone, cancel: gone, delete: gone };
  }
  const power = (when: boolean, reason: string): Permission => {
    if (leaving) return no('It is being deleted.');
    return changing !== 'no' ? no('It is being changed.') : when ? yes : no(reason);
  };
  return {
    stop: power(
      standing.includes(state) && state !== 'stopped',
      state === 'stopped' ? 'It is stopped already.' : 'It has to be ready first.',
    ),
    start: power(['stopped', 'degraded', 'stopping'].includes(state), 'It is not stopped.'),
    reboot: power(state === 'ready' || state === 'degraded' || state === 'failed', 'It has to be running.'),
    retry: state === 'failed' || state === 'degraded' ? yes : no('Nothing of it has failed.'),
    configure: power(['ready', 'degraded', 'failed'].includes(state), 'It has to be running.'),
    rebuild: power(['ready', 'degraded', 'failed'].includes(state), 'It has to be running.'),
    cancel: leaving
      ? no('It is being deleted.')
      : changing === 'back'
        ? no('It is going back already.')
        : changing === 'on' || underWay.includes(state)
          ? yes
          : no('Nothing is under way; delete it instead.'),
    delete: leaving && state === 'deleting' ? no('It is being deleted already.') : yes,
  };
}

/** Whether it is being changed, or goes back from that. Pure. */
export function changingOf({ updating }: Pick<Deployment, 'updating'>): 'no' | 'on' | 'back' {
  if (!updating) return 'no';
  return updating.back ? 'back' : 'on';
}

/** Whether what it is made of may be changed, and why not. Pure. */
export function allowedChange(
  state: DeploymentState,
  wanted: 'running' | 'stopped' | 'deleted',
  changing: 'no' | 'on' | 'back',
): Permission {
  const no = (reason: string): Permission => ({ allowed: false, reason });
  if (wanted === 'deleted') return no('It is being deleted, or is deleted.');
  if (changing !== 'no') return no('It is being changed.');
  if (wanted === 'stopped') return no('It is stopped. Start it first.');
  return state === 'ready' || state === 'degraded' ? { allowed: true } : no('It has to be ready first.');
}
