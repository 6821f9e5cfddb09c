import type { Transaction } from 'kysely';
import { AppError } from '@/lib/core/errors';
import { listed } from '@/lib/core/listed';
import { invalidInput } from '@/lib/core/problems';
import { worst } from '@/lib/planning/change/effect';
import type { Schema, Updating } from '@/lib/store/schema';
import { writeEvents } from '../../ledger/events';
import type { Ledger } from '../../ledger/ledger';
import { needLedger } from '../../ledger/load';
import { applyPlan } from '../../ledger/plans/apply-plan';
import { newestVersion, writeUpdating, writeVersion } from '../../ledger/plans/versions';
import { writeNewSecrets } from '../../ledger/secrets/new-secrets';
import { refresh } from '../../ledger/state/refresh';
import type { Ports } from '../../ports';
import { allowedChange } from '../allowed';
import { type DeploymentChange, writeChange } from '../change';
import { checkLimits } from '../limits';
import { beginDraining, drainSteps } from './draining';
import { type Proposal, refusalOf } from './proposal';

export interface Confirmed {
  by: { id: string; name: string };
  /** the deployment's name as it stands, typed: data may be lost */
  confirm?: string;
  /** another name or end, which it has with the change or not at all */
  also?: DeploymentChange;
  /** the version that the proposal was made for */
  revision: number;
}

/** Nothing of it differs from what stands. */
export function isNothing({ difference: { added, removed, changed, nodes }, answered, addOns }: Proposal): boolean {
  return [addOns.added, addOns.removed, answered, added.nodes, added.resources, removed.nodes, removed.resources, changed, nodes].every(
    (each) => each.length === 0,
  );
}

/**
 * Begins a change: the version that it leads to is written, and the ledger edited by what differs, in one transaction; the loop does the rest.
 * @throws AppError what stands against it, naming fields; `quota-exceeded` where the operator lets no more stand; `conflict` where another change is under way (who began it, and when) or its state allows none
 */
export async function beginChange(
  ports: Ports,
  deploymentId: string,
  proposal: Proposal,
  { by, confirm, revision, also = {} }: Confirmed,
): Promise<void> {
  const refusal = refusalOf(proposal);
  if (refusal) throw refusal;
  const { store, clock } = ports;
  // secrets are made and sealed before: the embedded database has one connection, and the vault needs it too
  const secrets = await writeNewSecrets(ports, deploymentId, proposal.plan);
  await store.db.transaction().execute(async (trx) => {
    await trx.selectFrom('deployments').select('id').where('id', '=', deploymentId).forNoKeyUpdate().execute();
    const ledger = await needLedger(trx, deploymentId);
    const { deployment } = ledger;
    refuseOther(ledger, revision);
    checkWord(proposal, deployment.name, confirm);
    const now = clock.now();
    await writeChange(store, trx, deploymentId, also, now);
    if (isNothing(proposal)) return;
    await checkLimits(trx, ports.limits, { userId: deployment.user_id, deploymentId, plan: proposal.plan });
    const number = (await newestVersion(trx, deploymentId)) + 1;
    const change = wordsOf(proposal);
    const { request, plan } = proposal;
    await writeVersion(
      trx,
      deploymentId,
      { number, userId: by.id, request, plan, change },
      { number: deployment.revision, plan: deployment.plan },
      now,
    );
    await secrets(trx);
    await start(trx, ledger, proposal, { to: number, by, now });
    const message = `${by.name} asked to change ${deployment.name}: ${sentence(proposal)}`;
    await writeEvents(
      store,
      trx,
      deploymentId,
      [{ level: 'info', stage: 'person', subject: null, message, data: { version: number, ...change } }],
      now,
    );
    await refresh(store, trx, deploymentId, now);
  });
  await store.enqueuePass(deploymentId);
}

/** @throws AppError `conflict` where something else comes first */
export function refuseOther(
  { deployment }: { deployment: Pick<Ledger['deployment'], 'updating' | 'state' | 'wanted' | 'revision'> },
  revision?: number,
): void {
  const { updating, state, wanted } = deployment;
  const remedy = 'Wait until that is done, or cancel it; then look again at what your change would do.';
  if (updating) {
    const detail = `${updating.by.name} began a change at ${updating.since}; it is under way${updating.back ? ', going back' : ''}.`;
    throw new AppError({ code: 'conflict', title: 'Another change is under way', detail, remedy });
  }
  if (revision !== undefined && revision !== deployment.revision)
    throw new AppError({
      code: 'conflict',
      title: 'It was changed meanwhile',
      detail: 'Somebody else changed this deployment since.',
      remedy,
    });
  const { allowed, reason } = allowedChange(state, wanted, 'no');
  if (allowed) return;
  throw new AppError({
    code: 'conflict',
    title: 'It can’t be changed now',
    detail: reason,
    remedy: 'Look at the deployment’s present state, and try again when it allows this.',
  });
}

function checkWord({ effects }: Proposal, name: string, confirm: string | undefined): void {
  if (worst(effects.map(({ effect }) => effect)) !== 'data-lost' || confirm === name) return;
  throw invalidInput([{ path: 'confirm', message: `Data may be lost by this. Type the name of the deployment, ${name}, to go on.` }]);
}

async function start(
  trx: Transaction<Schema>,
  ledger: Ledger,
  { plan, draining, request, leaving, waiting, inTurn }: Proposal,
  { to, by, now }: { to: number; by: Updating['by']; now: Date },
): Promise<void> {
  const { deployment } = ledger;
  const begun: Updating = {
    from: deployment.revision,
    to,
    by,
    since: now.toISOString(),
    stage: draining ? 'draining' : 'making',
    back: false,
    leaving: leaving.map(({ key }) => key),
    running: [],
    waiting,
    inTurn,
    resize: waiting.flatMap(({ resize = [] }) => resize),
    drain: drainSteps(deployment.plan, draining),
  };
  if (!draining) await applyPlan(trx, ledger, plan, now, request);
  else begun.running = await beginDraining(trx, ledger, draining, now);
  await writeUpdating(trx, deployment.id, begun, to);
}

/** A change as it is kept with its version. */
export function wordsOf({ difference, effects, answered, addOns: { left: _left, ...addOns }, images, leaving, plan }: Proposal) {
  return {
    added: plan.nodes.filter(({ key }) => difference.added.nodes.includes(key)).map(({ hostname }) => hostname),
    removed: leaving.map(({ hostname }) => hostname),
    effect: worst(effects.map(({ effect }) => effect)),
    inputs: [...new Set([...effects.filter(({ what }) => what === 'input').map(({ because }) => because), ...answered])],
    addOns,
    images,
  };
}

function sentence(proposal: Proposal): string {
  const { added, removed, inputs, addOns, images } = wordsOf(proposal);
  const names = (all: string[]) => listed(all, 'and', (count) => `${count} more`);
  const parts = [
    ...(added.length > 0 ? [`what comes: ${names(added)}`] : []),
    ...(removed.length > 0 ? [`what goes: ${names(removed)}`] : []),
    ...(addOns.added.length > 0 ? [`add-ons that come: ${names(addOns.added)}`] : []),
    ...(addOns.removed.length > 0 ? [`add-ons that go: ${names(addOns.removed)}`] : []),
    ...(images.length > 0 ? [`another image for: ${names(images.map(({ group }) => group))}`] : []),
    ...(inputs.length > 0 ? [`other answers: ${names(inputs)}`] : []),
  ];
  return parts.length > 0 ? parts.join('; ') : 'what it is made of';
}
