import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '@/lib/core/errors';
import type { DeploymentState } from '@/lib/store/schema';
import { kindOf, letsInOf, nodeOf } from '../../kinds';
import { holdsUp, mustGiveAddress } from '../../kinds/waiting';
import type { Node, Resource, Standing } from '../ledger';

/** What the deployments' list shows of a deployment, all of it derived from its ledger. */
export interface Summary {
  state: DeploymentState;
  progress: { done: number; total: number };
  nodes: { total: number; ready: number; failed: number };
  problem: Problem | null;
}

/** The state of a deployment. Pure, and always derived anew: no event can be missed. */
export function summarise(ledger: Standing): Summary {
  const { deployment, nodes } = ledger;
  const broken = nodes.filter(isBroken);
  const problem = firstProblem(ledger);
  return {
    state: deployment.wanted === 'deleted' ? leaving(ledger) : deployment.wanted === 'stopped' ? resting(ledger) : changing(ledger),
    progress: progressOf(ledger),
    nodes: { total: nodes.length, ready: nodes.filter(({ state }) => state === 'ready').length, failed: broken.length },
    problem,
  };
}

function leaving({ deployment, resources }: Standing): DeploymentState {
  if (resources.every(({ phase }) => phase === 'gone')) return deployment.state === 'deleted' ? 'deleted' : 'deleting';
  return isMoving(resources) ? 'deleting' : 'failed';
}

function resting({ nodes, resources }: Standing): DeploymentState {
  if (resources.some(({ phase }) => phase === 'failed')) return 'degraded';
  if (nodes.every(({ state }) => state === 'stopped')) return 'stopped';
  return nodes.some(({ wanted, state }) => wanted === 'stopped' && state !== 'stopped') ? 'stopping' : 'degraded';
}

/** What keeps a change from going on is told; else it is under way, whatever is done for it just now. */
function changing(ledger: Standing): DeploymentState {
  const state = running(ledger);
  const halted = state === 'degraded' || state === 'failed' || state === 'waiting-for-lease';
  return ledger.deployment.updating === null || halted ? state : 'updating';
}

function running(ledger: Standing): DeploymentState {
  const { deployment, nodes, resources } = ledger;
  const wasReady = deployment.ready_at !== null;
  if (isMoving(resources) && resources.some(isBiding)) return 'waiting-for-lease';
  if (isMoving(resources)) return resources.every(({ phase, attempts }) => phase === 'planned' && attempts === 0) ? 'planned' : 'deploying';
  const bad: DeploymentState = wasReady || oneSiteStands(ledger) ? 'degraded' : 'failed';
  if (resources.some(({ phase }) => phase !== 'ready' && phase !== 'gone')) return bad;
  if (nodes.some(({ state, wanted }) => wanted === 'running' && (state === 'stopped' || (wasReady && state === 'booting')))) {
    return resources.some(({ problem }) => problem) ? 'degraded' : 'starting';
  }
  if (nodes.some(isBusy)) return 'configuring';
  if (nodes.some(isBroken) || resources.some(({ problem }) => problem)) return bad;
  return 'ready';
}

/** Whether of several sites one has all that belongs there, whatever became of the others. A rule that waits for another's address is no part of that. */
function oneSiteStands({ resources, nodes }: Standing): boolean {
  const kept = resources.filter(({ phase, spec }) => phase !== 'gone' && letsInOf(spec) === undefined);
  const sites = [...new Set(kept.map(({ site }) => site))];
  const stands = (site: string) => {
    const here = kept.filter((resource) => resource.site === site);
    const keys = new Set(here.map(({ spec }) => nodeOf(spec)));
    return (
      keys.size > 1 &&
      here.every(({ phase, problem }) => phase === 'ready' && !problem) &&
      !nodes.some((node) => keys.has(node.key) && isBroken(node))
    );
  };
  return sites.length > 1 && sites.some(stands);
}

/** Whether something is still under way, or can begin: what waits for a failed resource can't. */
function isMoving(resources: Resource[]): boolean {
  const stuck = new Set(resources.filter(({ phase }) => phase === 'failed').map(({ key }) => key));
  const addresses = resources.filter(mustGiveAddress);
  let grew = stuck.size > 0;
  while (grew) {
    const before = stuck.size;
    const noAddress = new Set(addresses.filter(({ key }) => stuck.has(key)).map(({ site }) => site));
    for (const resource of resources) {
      if (!stuck.has(resource.key) && waitsForStuck(resource, resources, stuck, noAddress)) stuck.add(resource.key);
    }
    grew = stuck.size > before;
  }
  return resources.some((resource) => !isThere(resource) && resource.phase !== 'gone' && !stuck.has(resource.key));
}

// Its servers wait for it; what else is under way meanwhile is soon done.
const isBiding = ({ kind, phase, wanted, observed }: Resource) =>
  phase === 'waiting' && wanted === 'present' && kindOf(kind).bides?.(observed) === true;

const isThere = ({ phase, wanted }: Resource) => phase === 'ready' && wanted === 'present';

/** @param noAddress sites at which an address is stuck */
function waitsForStuck(resource: Resource, resources: Resource[], stuck: Set<string>, noAddress: Set<string>): boolean {
  if (isThere(resource)) return false;
  if (resource.wanted === 'absent') {
    return resources.some((user) => stuck.has(user.key) && holdsUp(user, resource));
  }
  if (resource.phase !== 'planned') return false;
  return (
    (kindOf(resource.kind).needsAddresses === true && noAddress.has(resource.site)) || resource.depends_on.some((key) => stuck.has(key))
  );
}

const isBusy = ({ state, wanted }: Node) => wanted === 'running' && ['pending', 'building', 'booting', 'configuring'].includes(state);
const isBroken = ({ state }: Node) => state === 'failed' || state === 'unreachable';

// A resource counts one; a node one for each of its steps and one for having come up.
function progressOf({ deployment, resources, nodes }: Standing): Summary['progress'] {
  if (deployment.wanted === 'deleted') return { done: resources.filter(({ phase }) => phase === 'gone').length, total: resources.length };
  const kept = resources.filter(({ wanted }) => wanted === 'present');
  const steps = nodes.flatMap((node) => node.steps);
  const up = nodes.filter(({ heard_at, state }) => heard_at !== null || state === 'ready');
  const done = kept.filter(({ phase }) => phase === 'ready').length + steps.filter(({ state }) => state === 'done').length + up.length;
  return { done, total: kept.length + steps.length + nodes.length };
}

/** Whether what a node has become may make another state of its deployment, or another progress: what {@link summarise} reads of it is another. Pure. */
export function mayTell(before: Node, after: Node): boolean {
  const done = ({ steps }: Node) => steps.filter(({ state }) => state === 'done').length;
  return (
    before.state !== after.state ||
    before.wanted !== after.wanted ||
    before.steps.length !== after.steps.length ||
    done(before) !== done(after) ||
    (before.heard_at === null) !== (after.heard_at === null) ||
    !isDeepStrictEqual(before.problem, after.problem)
  );
}

// Causes before consequences: servers that are lost, then resources in the order of the plan, then nodes.
function firstProblem({ resources, nodes }: Standing): Problem | null {
  const lost = resources.find(
    ({ spec, phase, problem }) => nodeOf(spec) !== undefined && phase === 'failed' && problem?.code === 'not-found',
  );
  const failed = resources.find(({ phase, problem }) => phase === 'failed' && problem);
  return (
    (
      lost ??
      failed ??
      resources.find(({ problem, phase }) => problem && phase !== 'gone') ??
      nodes.find((node) => isBroken(node) && node.problem)
    )?.problem ?? null
  );
}
