import { AppError } from '@/lib/core/errors';
import { invalidInput } from '@/lib/core/problems';
import type { Placement, Plan, PlanRequest } from '@/lib/planning/types';
import { goOn } from '../ledger/again';
import { blankNode } from '../ledger/blank-node';
import { writeEvents } from '../ledger/events';
import type { Ledger } from '../ledger/ledger';
import { needLedger } from '../ledger/load';
import { writeMove } from '../ledger/plans/move';
import { writeDone } from '../ledger/plans/versions';
import { refresh } from '../ledger/state/refresh';
import { type Side, sidesOf } from '../ledger/state/sides';
import { waitingFrom } from '../ledger/waiting-step';
import { patience } from '../nodes/messages';
import type { Ports } from '../ports';
import { checkLimits } from './limits';
import { type Moved, movePart } from './moved-plan';

/** Where a part of a deployment is to go. */
export interface Elsewhere {
  /** name of the part */
  set: string;
  /** by group: each of the part's is at the same site */
  placement: Record<string, Placement>;
}

/** The whole of a deployment as it would be planned with a part elsewhere. */
export interface Drawn {
  plan: Plan;
  /** of the part's groups, with all that was chosen for them */
  placement: Record<string, Placement>;
  /** the version that it was drawn from */
  revision: number;
  userId: string;
}

/**
 * Has a part go where it is drawn, and all that stands go on.
 * @throws AppError as {@link mayMove}, `conflict` where the deployment was changed since the part was drawn, `quota-exceeded` where the operator lets no more stand there; nothing is changed then
 */
export async function carryMove(
  ports: Pick<Ports, 'store' | 'clock' | 'limits'>,
  deploymentId: string,
  { set, placement }: Elsewhere,
  drawn: Drawn,
): Promise<void> {
  const { store, clock } = ports;
  const now = clock.now();
  await store.db.transaction().execute(async (trx) => {
    await trx.selectFrom('deployments').select('id').where('id', '=', deploymentId).forNoKeyUpdate().execute();
    const current = await needLedger(trx, deploymentId);
    const side = mayMove(current, { set, placement });
    if (current.deployment.revision !== drawn.revision) throw refused(side, 'Somebody changed this deployment meanwhile.');
    const was = current.deployment.request as PlanRequest; // written from this very type
    const request = { ...was, placement: { ...was.placement, ...drawn.placement } };
    const moved = movePart(
      current.deployment.plan,
      set,
      drawn.plan,
      current.resources.map(({ key }) => key),
    );
    await checkLimits(trx, ports.limits, { userId: current.deployment.user_id, deploymentId, plan: moved.plan });
    const blank = (node: Moved['nodes'][number]) => ({
      ...blankNode(node, 'pending'),
      private_address: null,
      public_address: null,
      channel: null,
      reboot: null,
      wanted: 'running' as const,
    });
    await writeMove(trx, deploymentId, { request, ...moved }, blank, now);
    const hostnames = moved.nodes.map(({ hostname }) => hostname);
    // what stood of it goes with what was stored on it
    const change = { added: hostnames, removed: hostnames, inputs: [], effect: 'data-lost' };
    await writeDone(trx, deploymentId, { userId: drawn.userId, request, change }, now);
    await askAgain(current, moved, (node, change) => goOn(trx, node, change), now);
    const to = moved.plan.sets?.find(({ name }) => name === set)?.site;
    const message = `Asked to place ${side.label} at ${to}, in the place of ${side.site}`;
    await writeEvents(
      store,
      trx,
      deploymentId,
      [{ level: 'info', stage: 'person', subject: null, message, data: { set, from: side.site, to } }],
      now,
    );
    await refresh(store, trx, deploymentId, now);
  });
  await store.enqueuePass(deploymentId);
}

// Steps that have run, or are at it, were given the address of before, where nobody answers any more: what still runs is ended. Those that wait are given
// the new one when it is known.
async function askAgain(
  { nodes }: Ledger,
  { plan, again }: Moved,
  ask: (node: Ledger['nodes'][number], change: Parameters<typeof goOn>[2]) => Promise<void>,
  now: Date,
): Promise<void> {
  for (const node of nodes) {
    const from = again.get(node.key);
    const planned = plan.nodes.find(({ key }) => key === node.key);
    const at = node.steps.findIndex(({ name }) => name === from);
    if (!planned || at < 0 || node.heard_at === null || node.steps[at]?.state === 'waiting') continue;
    const steps = waitingFrom(node.steps, at, planned.steps);
    const deadline_at = new Date(now.getTime() + patience({ ...node, steps }, planned.steps) * 1000);
    await ask(node, { state: 'configuring', problem: null, steps, deadline_at, run_from: from ?? null, run_only: null, run_ends: true });
  }
}

/**
 * The part that is to move, where it may.
 * @throws AppError `conflict` where it has not failed or shares a site, `invalid-input` for a part or groups that are not there
 */
export function mayMove({ deployment, resources, nodes }: Ledger, { set, placement }: Elsewhere): Side {
  const all = sidesOf(deployment.plan, resources, nodes);
  const side = all.find((each) => each.set === set);
  if (!side)
    throw invalidInput([
      { path: 'set', message: `There is no part ${set}${all.length > 0 ? `; there are ${all.map((each) => each.set).join(', ')}` : ''}.` },
    ]);
  const sites = new Set(Object.values(placement).map(({ site }) => site));
  const unknown = Object.keys(placement).find((group) => !side.groups.includes(group));
  if (unknown !== undefined)
    throw invalidInput([
      { path: `placement.${unknown}`, message: `${unknown} is not in ${side.label}; it has ${side.groups.join(', ')}.` },
    ]);
  const [to] = sites;
  if (to === undefined || sites.size > 1) throw invalidInput([{ path: 'placement', message: 'Name one site for this part.' }]);
  const [group] = Object.keys(placement);
  if (to === side.site)
    throw invalidInput([
      { path: `placement.${group}.site`, message: `${side.label} is there already. Retry makes what has failed anew where it is.` },
    ]);
  const others = all.filter((each) => each.set !== set);
  if (deployment.wanted === 'deleted') throw refused(side, 'The deployment is being deleted.');
  // what is made anew would run while all else is off
  if (deployment.wanted === 'stopped' || nodes.some(({ wanted }) => wanted === 'stopped'))
    throw refused(side, 'It is stopped, as a whole or in part. Start it first.');
  if (deployment.updating) throw refused(side, 'It is being changed.');
  if (side.state !== 'failed') throw refused(side, 'Nothing of it has failed.');
  if (others.some(({ site }) => site === side.site)) throw refused(side, 'It shares its site, and the network there, with another part.');
  if (others.some(({ site }) => site === to)) throw refused(side, 'Another part stands at that site.');
  return side;
}

function refused({ label }: Side, detail: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `${label} can’t be placed elsewhere now`,
    detail,
    remedy: 'Look at the deployment’s present state. A deployment can be made again elsewhere as a whole, too.',
  });
}
