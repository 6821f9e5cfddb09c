import { createHash, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { AppError } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import { buildBundle } from '@/lib/nodes/agent-config';
import type { AgentMessage, BatchAnswer, Bundle } from '@/lib/nodes/protocol';
import type { PlannedOutput } from '@/lib/planning/types';
import { writeEvents } from '../ledger/events';
import type { Node } from '../ledger/ledger';
import { loadPlannedNode, needLedger } from '../ledger/load';
import { lockNode, writeHeard } from '../ledger/node-rows';
import { refresh } from '../ledger/refresh';
import { Secrets } from '../ledger/secrets';
import { sealStepOutputs, secretStepOutputs } from '../ledger/step-outputs';
import type { Ports } from '../ports';
import { nodeContext } from './context';
import { hear } from './messages';

/** The form in which a node's token is stored. */
export function hashToken(token: Secret): string {
  return createHash('sha256').update(token.reveal()).digest('hex');
}

/**
 * Takes in what a node's agent says over HTTPS. The same batch may come again: what is stored is passed over.
 * @throws AppError `not-found` for an unknown node or another token (the answer does not tell which)
 */
export async function acceptBatch(ports: Ports, nodeId: string, token: Secret, batch: { messages: AgentMessage[] }): Promise<BatchAnswer> {
  const node = await authenticate(ports, nodeId, token);
  return takeMessages(ports, node.deployment_id, node.id, batch.messages, 'callback');
}

/**
 * The steps of a node, for an agent whose user data could not hold them.
 * @returns null while they are not known yet
 * @throws AppError `not-found` as {@link acceptBatch}
 */
export async function readBundle(ports: Ports, nodeId: string, token: Secret): Promise<Secret<Bundle> | null> {
  const node = await authenticate(ports, nodeId, token);
  return bundleOf(ports, node);
}

/** The same, for a node that is known. */
export async function bundleOf(ports: Ports, node: Node): Promise<Secret<Bundle> | null> {
  const ledger = await needLedger(ports.store.db, node.deployment_id);
  const plan = ledger.deployment.plan.nodes.find(({ key }) => key === node.key);
  if (!plan) return null;
  const owner = { userId: ledger.deployment.user_id, deploymentId: ledger.deployment.id };
  const secrets = new Secrets(ports.store.db, ports.vault, owner, `configure ${node.hostname}`);
  const bundle = buildBundle(plan, await nodeContext(ports, ledger, plan, secrets));
  return bundle === 'not-yet' ? null : bundle;
}

/** Stores a node's messages and what follows from them, in one transaction. */
export async function takeMessages(
  ports: Ports,
  deploymentId: string,
  nodeId: string,
  heard: AgentMessage[],
  channel: 'callback' | 'ssh',
): Promise<BatchAnswer> {
  const { store, clock } = ports;
  // before the transaction: the embedded database has one connection, and the vault needs it too
  const messages = await withSealedOutputs(ports, deploymentId, nodeId, heard);
  return store.db.transaction().execute(async (trx) => {
    const before = await lockNode(trx, nodeId);
    const planned = before && (await loadPlannedNode(trx, deploymentId, before.key));
    if (!before || !planned) throw unknownNode();
    const now = clock.now();
    const heardOf = hear(before, planned, messages, now);
    const { node, events, changed } = heardOf;
    await writeHeard(store, trx, heardOf, channel);
    await writeEvents(store, trx, deploymentId, events, now);
    if (changed) await refresh(store, trx, deploymentId, now);
    return { ack: node.seq, ...(node.run_from === null ? {} : { run: { from: node.run_from } }) };
  });
}

async function withSealedOutputs(ports: Ports, deploymentId: string, nodeId: string, messages: AgentMessage[]): Promise<AgentMessage[]> {
  if (!messages.some(({ type }) => type === 'outputs')) return messages;
  const row = await ports.store.db
    .selectFrom('nodes')
    .innerJoin('deployments', 'deployments.id', 'nodes.deployment_id')
    .select(['nodes.key', 'deployments.user_id', sql<PlannedOutput[]>`plan -> 'outputs'`.as('outputs')])
    .where('nodes.id', '=', nodeId)
    .executeTakeFirst();
  if (!row) throw unknownNode();
  return sealStepOutputs(ports.vault, { userId: row.user_id, deploymentId }, row.key, secretStepOutputs(row.outputs, row.key), messages);
}

async function authenticate(ports: Ports, nodeId: string, token: Secret): Promise<Node> {
  const node = await ports.store.db.selectFrom('nodes').selectAll().where('id', '=', nodeId).executeTakeFirst();
  const given = Buffer.from(hashToken(token), 'hex');
  if (!node?.token_hash || !timingSafeEqual(given, Buffer.from(node.token_hash, 'hex'))) throw unknownNode();
  return node;
}

function unknownNode(): AppError {
  return new AppError({
    code: 'not-found',
    title: 'There is no such node',
    cause: 'Its deployment was deleted, or the token is not the one of this node.',
  });
}
