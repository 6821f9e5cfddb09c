import type { Transaction } from 'kysely';
import { listed } from '@/lib/core/listed';
import type { Plan } from '@/lib/planning/types';
import type { Schema, Updating } from '@/lib/store/schema';
import { beginAgain } from '../ledger/again';
import { type NewEvent, writeEvents } from '../ledger/events';
import type { Ledger, Node } from '../ledger/ledger';
import { loadLedger } from '../ledger/load';
import { writeDrained } from '../ledger/node-rows';
import { applyPlan, writePlan } from '../ledger/plans/apply-plan';
import { goBack } from '../ledger/plans/go-back';
import { loadVersion, writeUpdating } from '../ledger/plans/versions';
import { beginResize } from '../ledger/resize';
import { refresh } from '../ledger/state/refresh';
import { forgetLeft } from '../ledger/write-left';
import { tellsRuns } from '../nodes/admission';
import { runAgain } from '../nodes/run-again';
import type { Ports } from '../ports';
import { nextStage } from './next-stage';

/**
 * Takes a change that is under way one stage further, where that can be: what is decided is written in one transaction with what follows from it, so that
 * it may be killed anywhere.
 * @returns whether it went on: there is something to do at once then
 */
export async function advanceUpdate({ store, clock }: Pick<Ports, 'store' | 'clock'>, deploymentId: string): Promise<boolean> {
  return store.db.transaction().execute(async (trx) => {
    await trx.selectFrom('deployments').select('id').where('id', '=', deploymentId).forNoKeyUpdate().execute();
    const ledger = await loadLedger(trx, deploymentId);
    const stage = ledger ? nextStage(ledger) : null;
    const updating = ledger?.deployment.updating;
    if (!ledger || !updating || stage === null) return false;
    const now = clock.now();
    const events: NewEvent[] = [];
    if (stage === 'make') events.push(await make(trx, ledger, updating, now));
    else if (stage === 'back') events.push(await takeBack(trx, ledger, updating, now));
    else if (stage === 'finish') events.push(await finish(trx, ledger, updating, now));
    else events.push(...(await tell(trx, ledger, updating, now)));
    await writeEvents(store, trx, deploymentId, events, now);
    await refresh(store, trx, deploymentId, now);
    return true;
  });
}

/** What is new is asked for, and what goes is deleted. */
async function make(trx: Transaction<Schema>, ledger: Ledger, updating: Updating, now: Date): Promise<NewEvent> {
  const { deployment } = ledger;
  const version = await loadVersion(trx, deployment.id, updating.to);
  if (!version?.plan) throw new Error(`The change of ${deployment.id} leads to no plan`);
  await applyPlan(trx, ledger, version.plan, now, version.request);
  await writeUpdating(trx, deployment.id, { ...updating, stage: 'making', running: [] }, deployment.revision);
  const names = ledger.nodes.filter(({ key }) => updating.leaving.includes(key)).map(({ hostname }) => hostname);
  if (names.length === 0) return said('What goes was taken off the machines that stay');
  const which = listed(names, 'and', (count) => `${count} more nodes`);
  return said(
    names.length === 1 ? `${which} has nothing to do any more, and is deleted` : `${which} have nothing to do any more, and are deleted`,
  );
}

/** A machine can't get its other size: what was begun goes back, and nothing that stands is lost. */
async function takeBack(trx: Transaction<Schema>, ledger: Ledger, updating: Updating, now: Date): Promise<NewEvent> {
  await goBack(trx, ledger, updating, now);
  const message = `The change of ${ledger.deployment.name} is called off: a machine can’t get its other size where it stands`;
  return { ...said(message), level: 'warning' };
}

/** Nodes that stay run what depends on the change: all at once, or where the service must stay up one after the other. */
async function tell(
  trx: Transaction<Schema>,
  { deployment, nodes, resources }: Ledger,
  updating: Updating,
  now: Date,
): Promise<NewEvent[]> {
  const chosen = updating.inTurn ? updating.waiting.slice(0, 1) : updating.waiting;
  const running: string[] = [];
  const then: Updating['waiting'] = [];
  for (const { node: key, steps, remake, resize } of chosen) {
    const node = nodes.find((each) => each.key === key);
    const planned = deployment.plan.nodes.find((each) => each.key === key);
    if (!node || !planned) continue;
    for (const resource of resources) if (remake.includes(resource.key)) await beginAgain(trx, resource, now);
    const machine = resources.find((each) => each.key === resize);
    if (machine && (await beginResize(trx, machine, now))) {
      running.push(key);
      // what it has of CPUs and memory may be known to any of its steps
      then.push({ node: key, steps: planned.steps.map(({ name }) => name), remake: [] });
      continue;
    }
    // what was called off is not waited for
    if (remake.length > 0 || (await runAgain(trx, node, planned, steps, now, updating.back))) running.push(key);
  }
  const waiting = [...then, ...updating.waiting.slice(chosen.length)];
  await writeUpdating(trx, deployment.id, { ...updating, stage: 'telling', running, waiting }, deployment.revision);
  return nodes.filter((node) => running.includes(node.key) && !tellsRuns(node)).flatMap((node) => pastAgent(node, updating));
}

/** What an agent of an earlier version makes nothing of is said. */
function pastAgent({ key, hostname, state }: Node, { back, waiting }: Updating): NewEvent[] {
  const { firewall, remake = [] } = waiting.find(({ node }) => node === key) ?? {};
  const messages = [
    ...(back && state === 'configuring'
      ? [
          `${hostname} was set up by an earlier version of Transat: it ends the step that it runs before it hears that the change was called off`,
        ]
      : []),
    ...(firewall && remake.length === 0
      ? [`${hostname} was set up by an earlier version of Transat: its own firewall stays as it is until the node is made anew`]
      : []),
  ];
  return messages.map((message) => ({ level: 'warning', stage: 'node', subject: key, message, data: { node: key } }));
}

async function finish(trx: Transaction<Schema>, { deployment, nodes }: Ledger, updating: Updating, now: Date): Promise<NewEvent> {
  const { id, name } = deployment;
  const { hold, back } = updating;
  let plan: Plan = deployment.plan;
  if (back || hold) {
    plan = (await loadVersion(trx, id, updating.from))?.plan ?? plan;
    await writePlan(trx, id, plan);
  }
  await forgetLeft(trx, id, plan, nodes);
  // whoever was told that nodes stay after all has them take work again
  await writeDrained(trx, id, hold?.nodes ?? (back ? updating.leaving : []), hold?.drained && !back ? now : null);
  if (hold && !back) {
    await writeUpdating(trx, id, null, updating.from);
    const names = listed(
      nodes.filter(({ key }) => hold.nodes.includes(key)).map(({ hostname }) => hostname),
      'and',
      (count) => `${count} more nodes`,
    );
    return said(hold.drained ? `Drained, and kept: ${names}` : `Takes work again: ${names}`);
  }
  await writeUpdating(trx, id, null, updating.back ? updating.from : updating.to);
  return said(updating.back ? `${name} is as it was before the change` : `${name} is changed`);
}

const said = (message: string): NewEvent => ({ level: 'info', stage: 'deployment', subject: null, message });
