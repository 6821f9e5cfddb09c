import { drainableGroups } from '@/lib/catalog/drainable';
import { AppError, type FieldProblem } from '@/lib/core/errors';
import { listed } from '@/lib/core/listed';
import { invalidInput } from '@/lib/core/problems';
import type { Visitor } from '@/lib/desk/types';
import { differenceOf } from '@/lib/planning/change/difference';
import type { Leaving } from '@/lib/planning/draft';
import type { Plan, PlanRequest } from '@/lib/planning/types';
import { planAgain } from '@/lib/proposing/plan-again';
import type { ProposingPorts } from '@/lib/proposing/types';
import { writeEvents } from '../ledger/events';
import type { Deployment, Ledger } from '../ledger/ledger';
import { needLedger } from '../ledger/load';
import { keepPlan, writeUpdating } from '../ledger/plans/versions';
import { refresh } from '../ledger/state/refresh';
import type { Ports } from '../ports';
import { refuseOther } from './update/begin';
import { beginDraining, drainSteps } from './update/draining';

/** Nodes that stay, and are to take no new work, or to take work again. */
export interface DrainRequest {
  action: 'drain' | 'resume';
  /** their keys */
  nodes: readonly string[];
  /** what becomes of the work on them */
  way: Exclude<Leaving['way'], 'stay'>;
}

/**
 * Has nodes that stay take no new work, or take work again: the recipe's step that sees to nodes that leave runs for them, and nothing else of the deployment
 * is touched. What somebody else has drained is none of this. It can be called off as any change.
 * @throws AppError `invalid-input` naming nodes of which that can't be; `conflict` where a change is under way, or who would drain them does not answer
 */
export async function requestDrain(
  services: ProposingPorts & { ports: Ports },
  person: Visitor & { name: string },
  { id, plan: stands, request, revision }: Pick<Deployment, 'id' | 'plan' | 'request' | 'revision'>,
  { action, nodes: keys, way }: DrainRequest,
): Promise<void> {
  const was = request as PlanRequest; // written from this very type
  const recipe = services.catalog.recipe(was.recipe, was.addOns);
  const groups = drainableGroups(services.catalog, was);
  const ledger = await needLedger(services.ports.store.db, id);
  const fields = keys.flatMap((key, index) => faultOf(ledger, groups, action, key, `nodes.${index}`));
  if (keys.length === 0) fields.push({ path: 'nodes', message: 'Name the nodes that are meant.' });
  if (fields.length > 0) throw invalidInput(fields);
  const leaving: Leaving = { nodes: stands.nodes.filter(({ key }) => keys.includes(key)), way: action === 'drain' ? way : 'stay' };
  const { draining } = await planAgain(services, person, { id, recipe, before: recipe, plan: stands, was, is: was, leaving });
  if (!draining) throw new Error(`${was.recipe} has a step for nodes that leave, and none is planned`);
  await beginHold(services.ports, { id, revision }, draining, {
    by: { id: person.id, name: person.name },
    drained: action === 'drain',
    nodes: keys,
  });
}

/**
 * Begins what {@link requestDrain} has planned.
 * @param draining what stands, with the step that sees to nodes that leave
 * @throws AppError `conflict`
 */
export async function beginHold(
  { store, clock }: Ports,
  { id, revision }: { id: string; revision: number },
  draining: Plan,
  { by, drained, nodes: keys }: { by: { id: string; name: string }; drained: boolean; nodes: readonly string[] },
): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    await trx.selectFrom('deployments').select('id').where('id', '=', id).forNoKeyUpdate().execute();
    const now = clock.now();
    const current = await needLedger(trx, id);
    refuseOther(current, revision);
    refuseSilent(current, draining);
    const { deployment } = current;
    await keepPlan(trx, id, revision, deployment.plan);
    const running = await beginDraining(trx, current, draining, now);
    await writeUpdating(
      trx,
      id,
      {
        from: revision,
        to: revision,
        by,
        since: now.toISOString(),
        stage: 'draining',
        back: false,
        leaving: [],
        running,
        waiting: [],
        inTurn: false,
        drain: drainSteps(deployment.plan, draining),
        hold: { nodes: [...keys], drained },
      },
      revision,
    );
    const names = listed(
      deployment.plan.nodes.filter(({ key }) => keys.includes(key)).map(({ hostname }) => hostname),
      'and',
      (count) => `${count} more nodes`,
    );
    const message = drained ? `Asked to drain ${names}` : `Asked to have ${names} take work again`;
    await writeEvents(
      store,
      trx,
      id,
      [{ level: 'info', stage: 'person', subject: null, message, data: { action: drained ? 'drain' : 'resume', nodes: keys } }],
      now,
    );
    await refresh(store, trx, id, now);
  });
  await store.enqueuePass(id);
}

function faultOf(
  { nodes }: Pick<Ledger, 'nodes'>,
  groups: ReadonlySet<string>,
  action: DrainRequest['action'],
  key: string,
  path: string,
): FieldProblem[] {
  const node = nodes.find((each) => each.key === key);
  if (!node) return [{ path, message: `There is no node ${key.slice(0, 100)}.` }];
  if (!groups.has(node.group_name)) return [{ path, message: `The recipe has no step that drains ${node.hostname} while it stays.` }];
  if (action === 'drain' && node.drained_at) return [{ path, message: `${node.hostname} is drained already.` }];
  if (action === 'resume' && !node.drained_at) return [{ path, message: `${node.hostname} was not drained here.` }];
  return [];
}

// Whoever is to drain them must run that: else they would be said to be drained, and are not.
function refuseSilent({ deployment, nodes }: Ledger, draining: Plan): void {
  const at = differenceOf(deployment.plan, draining).nodes.map(({ key }) => nodes.find((node) => node.key === key));
  const silent = at.find((node) => node?.state !== 'ready' || node.heard_at === null);
  if (!silent && at.length > 0) return;
  throw new AppError({
    code: 'conflict',
    title: 'It can’t be drained now',
    detail: `${silent?.hostname ?? deployment.name} would see to that, and is not ready.`,
    remedy: 'Look at that node first, and try again when it is ready.',
  });
}
