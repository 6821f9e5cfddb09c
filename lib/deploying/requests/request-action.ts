import type { Transaction } from 'kysely';
import { AppError } from '@/lib/core/errors';
import type { Schema } from '@/lib/store/schema';
import { type NewEvent, writeEvents } from '../ledger/events';
import type { Ledger } from '../ledger/ledger';
import { needLedger } from '../ledger/load';
import { refresh } from '../ledger/refresh';
import { deleteSeconds } from '../passes/outcome';
import type { Ports } from '../ports';
import { allowedActions, type DeploymentAction } from './allowed';
import { retryNodes, retryResources } from './retry';

/** A deletion may wait for every resource that stands before it; this is for all together. */
const deleteAllSeconds = 4 * deleteSeconds;

export interface ActionRequest {
  action: DeploymentAction;
  /** keys of the nodes meant; left out: all */
  nodes?: string[];
}

/**
 * Does what a person asked of a deployment: notes it in the ledger, and has a worker see to it at once. To delete (or to cancel, which
 * undoes what was made) may be asked again after it failed.
 * @throws AppError `not-found` for an unknown deployment or node, `conflict` where its state does not allow it, with the reason
 */
export async function requestAction(ports: Ports, deploymentId: string, request: ActionRequest): Promise<void> {
  const { store, clock } = ports;
  const { action } = request;
  await store.db.transaction().execute(async (trx) => {
    await trx.selectFrom('deployments').select('id').where('id', '=', deploymentId).forUpdate().execute();
    const ledger = await needLedger(trx, deploymentId);
    const { deployment } = ledger;
    const permission = allowedActions(deployment.state, deployment.wanted)[action];
    if (!permission.allowed) throw refused(action, permission.reason);
    const nodes = nodesOf(ledger, request.nodes);
    const now = clock.now();
    if (action === 'delete' || action === 'cancel') await requestDeletion(trx, ledger, now);
    else if (action === 'retry') {
      await retryResources(trx, ledger, request.nodes ? nodes : undefined, now);
      await retryNodes(trx, ledger, nodes, now);
    } else await requestPower(trx, ledger, action, nodes, request.nodes === undefined);
    await writeEvents(store, trx, deploymentId, [asked(action, deployment.name, request.nodes)], now);
    await refresh(store, trx, deploymentId, now);
  });
  await store.enqueuePass(deploymentId);
}

async function requestDeletion(trx: Transaction<Schema>, { deployment }: Ledger, now: Date): Promise<void> {
  const deadline = new Date(now.getTime() + deleteAllSeconds * 1000);
  await trx.updateTable('deployments').set({ wanted: 'deleted' }).where('id', '=', deployment.id).execute();
  // versions stay: a pass that is at work may still write down what it has just made
  await trx
    .updateTable('resources')
    .set({ wanted: 'absent', deadline_at: deadline, next_try_at: null })
    .where('deployment_id', '=', deployment.id)
    .where('phase', '!=', 'gone')
    .execute();
  await trx
    .updateTable('resources')
    .set(({ eb }) => ({
      // what was never asked of a site needs no site to be gone
      phase: eb.case().when('attempts', '=', 0).then('planned').else('deleting').end().$castTo<'planned' | 'deleting'>(),
      problem: null,
      version: eb('version', '+', 1),
      updated_at: now,
    }))
    .where('deployment_id', '=', deployment.id)
    .where('phase', '=', 'failed')
    .execute();
  await trx
    .updateTable('nodes')
    .set({ state: 'deleting', deadline_at: null, problem: null })
    .where('deployment_id', '=', deployment.id)
    .execute();
}

async function requestPower(
  trx: Transaction<Schema>,
  { deployment }: Ledger,
  action: 'stop' | 'start' | 'reboot',
  nodes: string[],
  all: boolean,
): Promise<void> {
  const wanted = action === 'stop' ? 'stopped' : 'running';
  const change = action === 'reboot' ? ({ reboot: 'SOFT' } as const) : ({ wanted } as const);
  await trx
    .updateTable('nodes')
    .set(({ eb }) => ({ ...change, version: eb('version', '+', 1) }))
    .where('deployment_id', '=', deployment.id)
    .where('key', 'in', nodes)
    .execute();
  if (action === 'reboot') return;
  if (all || action === 'start') await trx.updateTable('deployments').set({ wanted }).where('id', '=', deployment.id).execute();
}

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

function refused(action: DeploymentAction, reason: string | undefined): AppError {
  return new AppError({
    code: 'conflict',
    title: `It can’t be done now: ${action}`,
    detail: reason,
    remedy: 'Look at the deployment’s present state, and try again when it allows this.',
  });
}

function asked(action: DeploymentAction, name: string, nodes: string[] | undefined): NewEvent {
  const verb = { stop: 'stop', start: 'start', reboot: 'reboot', retry: 'retry', cancel: 'cancel', delete: 'delete' }[action];
  const of = nodes ? `${nodes.join(', ')} of ${name}` : name;
  return {
    level: 'info',
    stage: 'person',
    subject: null,
    message: `Asked to ${verb} ${of}`,
    data: { action, ...(nodes ? { nodes } : {}) },
  };
}
