import type { DeploymentState, DeploymentWanted } from '@/lib/store/schema';
import type { NewEvent } from '../events';
import type { Summary } from './state';

type Said = Exclude<DeploymentState, 'degraded'> | 'in-part' | 'down' | 'stopped-amiss' | 'amiss';

// whole sentences: other languages put their words in another order
const told: Record<Said, (name: string) => string> = {
  planned: (name) => `${name} is planned`,
  deploying: (name) => `${name} is being deployed`,
  configuring: (name) => `${name} has all its resources; its nodes are being configured`,
  ready: (name) => `${name} is ready`,
  'in-part': (name) => `${name} works only in part`,
  down: (name) => `${name} has no node that works`,
  'stopped-amiss': (name) => `${name} is stopped, and not as it should be`,
  amiss: (name) => `${name} is not as it should be`,
  updating: (name) => `${name} is being changed`,
  failed: (name) => `${name} has failed`,
  stopping: (name) => `${name} is being stopped`,
  stopped: (name) => `${name} is stopped`,
  starting: (name) => `${name} is being started`,
  'waiting-for-lease': (name) => `${name} waits for its lease to start`,
  deleting: (name) => `${name} is being deleted`,
  deleted: (name) => `${name} is deleted: the sites no longer list anything of it`,
};
const toldWhy: Partial<Record<Said, (name: string, why: string) => string>> = {
  failed: (name, why) => `${name} has failed: ${why}`,
  'in-part': (name, why) => `${name} works only in part: ${why}`,
  down: (name, why) => `${name} has no node that works: ${why}`,
  'stopped-amiss': (name, why) => `${name} is stopped, and not as it should be: ${why}`,
  amiss: (name, why) => `${name} is not as it should be: ${why}`,
};

/** What is said of a deployment whose state is another now: of one that stands and is not whole, by how many of its nodes work. Pure. */
export function stateEvent(
  { state, nodes, problem }: Pick<Summary, 'state' | 'nodes' | 'problem'>,
  { name, wanted }: { name: string; wanted: DeploymentWanted },
): NewEvent {
  const said = state === 'degraded' ? ofNodes(nodes, wanted) : state;
  const why = toldWhy[said];
  return {
    level: said === 'failed' || said === 'down' ? 'error' : why ? 'warning' : 'info',
    stage: 'deployment',
    subject: null,
    message: why && problem ? why(name, problem.title) : told[said](name),
    data: { state, ...(why && problem ? { problem } : {}) },
  };
}

function ofNodes({ ready, total }: Summary['nodes'], wanted: DeploymentWanted): Said {
  if (wanted === 'stopped' && ready === 0) return 'stopped-amiss';
  if (ready >= total) return 'amiss';
  return ready > 0 ? 'in-part' : 'down';
}
