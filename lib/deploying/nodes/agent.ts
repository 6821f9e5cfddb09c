import { AppError } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import { buildBundle, knownSteps } from '@/lib/nodes/agent-config';
import type { AgentMessage, BatchAnswer, Bundle } from '@/lib/nodes/protocol';
import { writeHeard } from '../ledger/heard';
import type { Ledger } from '../ledger/ledger';
import { loadOutputsPlan, loadToldSteps, needLedger } from '../ledger/load';
import { loadPrinted, lockNode, writeHanded } from '../ledger/node-rows';
import { Secrets } from '../ledger/secrets';
import { sealStepOutputs, secretStepOutputs, wantedStepOutputs } from '../ledger/secrets/step-outputs';
import { refresh } from '../ledger/state/refresh';
import { mayTell } from '../ledger/state/state';
import type { Ports } from '../ports';
import { mayHaveSteps, runOf } from './admission';
import { hearAlive } from './alive';
import { authenticate, hasMade, type IsIts, unknownNode } from './authenticate';
import { nextBeat } from './beat';
import { knownOf, stepContext } from './context';
import { limits, pickOutputs, pickSecrets } from './limits';
import { following, hear } from './messages';

/**
 * Takes in what a node's agent says over HTTPS. The same batch may come again: what is stored is passed over.
 * @throws AppError `not-found` for an unknown node or another token (the answer does not tell which)
 */
export async function acceptBatch(ports: Ports, nodeId: string, token: Secret, batch: { messages: AgentMessage[] }): Promise<BatchAnswer> {
  return takeMessages(ports, nodeId, batch.messages, 'callback', hasMade(token));
}

/**
 * The steps that a node can run now.
 * @param have how many the agent has; undefined: it takes them all at once only
 * @returns null while there are no more
 * @throws AppError `not-found` as {@link acceptBatch}, `conflict` once the node is ready, `rate-limited`
 */
export async function readBundle(ports: Ports, nodeId: string, token: Secret, have?: number): Promise<Secret<Bundle> | null> {
  const node = await authenticate(ports, nodeId, token);
  if (!mayHaveSteps(node)) throw overAndDone(node.hostname);
  const ledger = await needLedger(ports.store.db, node.deployment_id);
  const { known, all } = stepsKnown(ledger, node.key);
  if (known < all && (have === undefined || known <= have)) return null;
  ports.pace.handOver(node.id);
  // fetched again (an answer was lost, or somebody asks without end) it is the same hand-over
  const isNews = known > node.handed;
  const bundle = await bundleOf(ports, ledger, node.key, isNews);
  if (isNews) await writeHanded(ports.store, node.id, known);
  return bundle;
}

/** How many steps a node has, and how many of them it could be given now. */
export function stepsKnown(ledger: Ledger, key: string): { known: number; all: number } {
  const plan = ledger.deployment.plan.nodes.find((node) => node.key === key);
  return plan ? { known: knownSteps(plan, knownOf(ledger)), all: plan.steps.length } : { known: 0, all: 0 };
}

/** The steps that a node can run now, with the secrets in them. @param isNews this hand-over is not in the audit yet */
export async function bundleOf(ports: Ports, ledger: Ledger, key: string, isNews = true): Promise<Secret<Bundle>> {
  const { deployment } = ledger;
  const plan = deployment.plan.nodes.find((node) => node.key === key);
  if (!plan) throw new Error(`The plan of ${deployment.id} has no node ${key}`);
  const owner = { userId: deployment.user_id, deploymentId: deployment.id };
  const secrets = new Secrets(ports.store.db, ports.vault, owner, isNews ? `configure ${plan.hostname}` : null);
  return buildBundle(plan, await stepContext(ledger, plan, secrets), deployment.plan.nodes);
}

function overAndDone(hostname: string): AppError {
  return new AppError({
    code: 'conflict',
    title: 'There are no steps to be run',
    detail: `The steps of ${hostname} were handed over, and it is ready or was given up.`,
    remedy: 'A retry hands over anew what it needs.',
  });
}

/**
 * Stores a node's messages and what follows from them, in one transaction.
 * @param isIts whether they are of its agent
 */
export async function takeMessages(
  ports: Ports,
  nodeId: string,
  heard: AgentMessage[],
  channel: 'callback' | 'ssh',
  isIts: IsIts,
): Promise<BatchAnswer> {
  const { store, clock } = ports;
  const alive = heard.length === 0 ? await hearAlive(ports, nodeId, channel, isIts) : undefined;
  if (alive) return alive;
  // before the transaction: the embedded database has one connection, and the vault needs it too
  const { messages, tooLarge, seals } = await withKeptOutputs(ports, nodeId, heard, isIts);
  return store.db.transaction().execute(async (trx) => {
    const locked = await lockNode(trx, nodeId);
    if (!locked || !isIts(locked)) throw unknownNode();
    const { changing, ...before } = locked;
    const { deployment_id: deploymentId } = before;
    const now = clock.now();
    const steps = await loadToldSteps(trx, before);
    const heardOf = hear(before, steps, messages, now, tooLarge, await printedBefore(trx, before, messages));
    const { node, changed } = heardOf;
    node.seals += seals;
    await writeHeard(store, trx, heardOf, channel, now);
    if (changed && mayTell(before, node)) await refresh(store, trx, deploymentId, now);
    const run = runOf(node);
    return { ack: node.seq, next: nextBeat(ports.pace.nodes(), changing), ...(run && { run }) };
  });
}

// The end of what a step printed is looked at where it is said to have failed.
async function printedBefore(trx: Parameters<typeof loadPrinted>[0], node: Parameters<typeof loadPrinted>[1], messages: AgentMessage[]) {
  const failed = messages.findLast((message) => message.type === 'finished' && !message.ok);
  return failed?.type === 'finished' && failed.step !== undefined ? loadPrinted(trx, node, failed.step) : '';
}

/**
 * What is kept of the outputs among a node's messages, the secret ones sealed; and the names of those that are too large, by `seq`. What is stored
 * already is left out: it costs nothing to say it again.
 */
async function withKeptOutputs(
  ports: Ports,
  nodeId: string,
  heard: AgentMessage[],
  isIts: IsIts,
): Promise<{ messages: AgentMessage[]; tooLarge: Map<number, string[]>; seals: number }> {
  const tooLarge = new Map<number, string[]>();
  if (!heard.some(({ type }) => type === 'outputs')) return { messages: heard, tooLarge, seals: 0 };
  const row = await loadOutputsPlan(ports.store.db, nodeId);
  if (!row || !isIts(row)) throw unknownNode();
  const wanted = wantedStepOutputs([...row.outputs.map(({ value }) => value), ...row.envs.flatMap((env) => Object.values(env))], row.key);
  const picked = following(heard, row.seq).map((message) => {
    if (message.type !== 'outputs') return message;
    const { values, tooLarge: names } = pickOutputs(message.values, wanted);
    if (names.length > 0) tooLarge.set(message.seq, names);
    return { ...message, values };
  });
  const secret = secretStepOutputs(row.outputs, row.key);
  const { messages, left, seals } = pickSecrets(picked, secret, limits.seals - row.seals);
  for (const [seq, names] of left) tooLarge.set(seq, [...(tooLarge.get(seq) ?? []), ...names]);
  return {
    messages: await sealStepOutputs(ports.vault, { userId: row.userId, deploymentId: row.deploymentId }, row.key, secret, messages),
    tooLarge,
    seals,
  };
}
