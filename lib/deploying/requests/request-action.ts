import { AppError } from '@/lib/core/errors';
import { listed } from '@/lib/core/listed';
import { invalidInput } from '@/lib/core/problems';
import { type Ender, wantDeleted } from '../ledger/ending';
import { type NewEvent, writeEvents } from '../ledger/events';
import type { Deployment, Ledger } from '../ledger/ledger';
import { needLedger } from '../ledger/load';
import { wantPower } from '../ledger/node-rows';
import { goBack } from '../ledger/plans/go-back';
import { refresh } from '../ledger/state/refresh';
import { enderOf, losing } from '../ledger/state/wind-down';
import type { Ports } from '../ports';
import { allowedActions, changingOf, type DeploymentAction } from './allowed';
import { remake } from './remake';
import { retryNodes, retryResources } from './retry';
import { setUpAgain } from './set-up-again';

export interface ActionRequest {
  action: DeploymentAction;
  /** keys of the nodes meant; left out: all */
  nodes?: string[];
  /** of `configure`: name of the step to begin with; left out: the first */
  from?: string;
  /** of a deletion that nobody asked for: what it is for. Judged again here, by the ends that are known then */
  because?: Ender;
  /** of a deletion that somebody asks for: volumes that its clusters made for claims go too, which the deployment's name says, typed */
  claims?: { confirm: string | undefined };
  /** its lease is to go now, as somebody has asked: its end as it is known says nothing */
  leaseGoes?: boolean;
}

/**
 * Does what a person asked of a deployment: notes it in the ledger, and has a worker see to it at once. To delete (or to cancel, which
 * undoes what was made) may be asked again after it failed.
 * @throws AppError `not-found` for an unknown deployment or node, `invalid-input` where data is to go and the name was not typed, `conflict` where its state does not allow it, with the reason
 */
export async function requestAction(ports: Ports, deploymentId: string, request: ActionRequest): Promise<void> {
  const { store, clock } = ports;
  const { action } = request;
  await store.db.transaction().execute(async (trx) => {
    await trx.selectFrom('deployments').select('id').where('id', '=', deploymentId).forNoKeyUpdate().execute();
    const ledger = await needLedger(trx, deploymentId);
    const { deployment } = ledger;
    const now = clock.now();
    // several may see at once that its time has come, and it may have been given more since
    const because = request.because && (request.leaseGoes ? leaving(deployment) : enderOf(ledger, now));
    if (request.because && !because) return;
    const permission = allowedActions(deployment.state, deployment.wanted, changingOf(deployment))[action];
    if (!permission.allowed) throw refused(action, permission.reason);
    const nodes = nodesOf(ledger, request.nodes);
    const ending = because && { by: because, lost: losing(ledger, ledger.resources) };
    if (action === 'cancel' && deployment.updating) await goBack(trx, ledger, deployment.updating, now);
    else if (action === 'delete' || action === 'cancel') {
      const claims = request.claims === undefined ? undefined : claimsGo(deployment.name, request.claims.confirm);
      await wantDeleted(trx, deploymentId, now, { ended: ending, claims });
    } else if (action === 'retry') {
      await retryResources(trx, ledger, request.nodes ? nodes : undefined, now);
      await retryNodes(trx, ledger, nodes, now);
    } else if (action === 'rebuild') await remake(trx, ledger, chosen(request.nodes), now);
    else if (action === 'configure') await setUpAgain(trx, ledger, nodes, request.from, now);
    else await wantPower(trx, deploymentId, action, nodes, request.nodes === undefined);
    await writeEvents(store, trx, deploymentId, [ending ? ended(ending, deployment) : asked(action, deployment.name, request.nodes)], now);
    await refresh(store, trx, deploymentId, now);
  });
  await store.enqueuePass(deploymentId);
}

/** What is being deleted needs nothing more; what failed to go tries again. */
const leaving = ({ wanted, state }: Deployment): Ender | undefined => (wanted === 'deleted' && state !== 'failed' ? undefined : 'lease');

function nodesOf({ nodes }: Ledger, asked: string[] | undefined): string[] {
  const keys = nodes.map(({ key }) => key);
  const unknown = asked?.find((key) => !keys.includes(key));
  if (unknown === undefined) return asked ?? keys;
  throw new AppError({
    code: 'not-found',
    title: 'There is no such node',
    detail: `This deployment has no node ${unknown}.`,
    remedy: `Its nodes are: ${keys.join(', ')}.`,
    fields: [{ path: 'nodes', message: `There is no node ${unknown}` }],
  });
}

function claimsGo(name: string, confirm: string | undefined): 'go' {
  if (confirm === name) return 'go';
  throw invalidInput([{ path: 'confirm', message: `Data may be lost by this. Type the name of the deployment, ${name}, to go on.` }]);
}

// What is stored on a machine goes with it: nobody means all of them by saying nothing.
function chosen(nodes: string[] | undefined): string[] {
  if (nodes && nodes.length > 0) return nodes;
  throw invalidInput([{ path: 'nodes', message: 'Name the nodes that are to be made anew.' }]);
}

function refused(action: DeploymentAction, reason: string | undefined): AppError {
  return new AppError({
    code: 'conflict',
    title: `It can’t be done now: ${action}`,
    detail: reason,
    remedy: 'Look at the deployment’s present state, and try again when it allows this.',
  });
}

function asked(action: DeploymentAction, name: string, nodes: string[] | undefined): NewEvent {
  const what = nodes ? `${nodes.join(', ')} (${name})` : name;
  const message = {
    stop: `Asked to stop ${what}`,
    start: `Asked to start ${what}`,
    reboot: `Asked to reboot ${what}`,
    retry: `Asked to retry ${what}`,
    configure: `Asked to set up again ${what}`,
    rebuild: `Asked to make anew ${what}`,
    cancel: `Asked to cancel ${what}`,
    delete: `Asked to delete ${what}`,
  }[action];
  return {
    level: 'info',
    stage: 'person',
    subject: null,
    message,
    data: { action, ...(nodes ? { nodes } : {}) },
  };
}

function ended({ by, lost }: { by: Ender; lost: string[] }, { name, lease_ends_at: at }: Deployment): NewEvent {
  const what = lost.length > 0 ? ` What was stored on ${listed(lost, 'and', (count) => `${count} more nodes`)} is lost` : '';
  const message =
    by === 'lease'
      ? `The lease under ${name} ends at ${at?.toISOString()}: it is wound down before the site deletes what stands on it.${what}`
      : `${name} has come to its end, and is deleted.${what}`;
  return { level: 'warning', stage: 'deployment', subject: null, message, data: { action: 'delete', because: by, lost } };
}
