import type { Transaction } from 'kysely';
import { AppError } from '@/lib/core/errors';
import { differenceOf } from '@/lib/planning/change/difference';
import { resizedInPlace } from '@/lib/planning/change/resize';
import type { Plan } from '@/lib/planning/types';
import type { Schema, Updating } from '@/lib/store/schema';
import type { Ledger } from '../ledger';
import { applyPlan } from './apply-plan';
import { loadVersion, writeUndone, writeUpdating } from './versions';
import { waitingFor } from './waiting-nodes';

/**
 * Calls a change off: the deployment becomes again what it was. What is new of it goes, what was to go stays, or is made anew where it has gone already,
 * and nodes that were told are told again.
 * @throws AppError `conflict` where it is going back already
 */
export async function goBack(trx: Transaction<Schema>, ledger: Ledger, updating: Updating, now: Date): Promise<void> {
  const { deployment } = ledger;
  if (updating.back) throw goesBack(updating);
  const before = await loadVersion(trx, deployment.id, updating.from);
  if (!before?.plan) throw new Error(`${deployment.id} has nothing to go back to`);
  const plan = withStaying(before.plan, updating.drain);
  const difference = resizedInPlace(differenceOf(deployment.plan, plan), new Set(updating.resize));
  const waiting = withUndone(waitingFor(plan, difference), plan, updating.drain);
  await applyPlan(trx, ledger, plan, now, before.request);
  if (!updating.hold) await writeUndone(trx, deployment.id, updating.to);
  await writeUpdating(trx, deployment.id, { ...updating, stage: 'making', back: true, running: [], waiting }, updating.from);
}

// Whoever had seen to it that nodes are left by their work is told that they stay.
function withStaying(plan: Plan, drain: Updating['drain']): Plan {
  const staying = (key: string) =>
    drain
      .filter(({ node, step }) => node === key && isLeaving(step))
      .map(({ step }) => ({ ...step, env: { ...step.env, LEAVING_WAY: 'stay' } }));
  return { ...plan, nodes: plan.nodes.map((node) => ({ ...node, steps: [...node.steps, ...staying(node.key)] })) };
}

const isLeaving = ({ env }: Updating['drain'][number]['step']) => env.LEAVING_WAY !== undefined;

// What was about to be taken off its machine is put there anew: how far that had come is not known.
function withUndone(waiting: Updating['waiting'], { nodes }: Plan, drain: Updating['drain']): Updating['waiting'] {
  const undone = drain.filter(({ step }) => !isLeaving(step));
  const again = (key: string) => {
    const software = undone.filter(({ node }) => node === key).map(({ step }) => step.name.slice(0, step.name.indexOf('.') + 1));
    const steps = nodes.find((node) => node.key === key)?.steps ?? [];
    return steps.map(({ name }) => name).filter((name) => software.some((each) => name.startsWith(each)));
  };
  const keys = new Set([...waiting.map(({ node }) => node), ...undone.map(({ node }) => node)]);
  return [...keys].map((node) => {
    const { steps = [], remake = [], ...rest } = waiting.find((each) => each.node === node) ?? {};
    return { ...rest, node, remake, steps: [...new Set([...steps, ...again(node)])] };
  });
}

function goesBack({ by, since }: Updating): AppError {
  return new AppError({
    code: 'conflict',
    title: 'It is going back already',
    detail: `The change that ${by.name} began at ${since} was called off.`,
    remedy: 'Wait until it is as it was.',
  });
}
