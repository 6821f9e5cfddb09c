import { timingSafeEqual } from 'node:crypto';
import { Secret } from '@/lib/core/secret';
import type { QueueReport } from '@/lib/nodes/protocol';
import type { Plan, Value } from '@/lib/planning/types';
import { knownQueueToken, writeReport } from '../ledger/elastic';
import { needLedger } from '../ledger/load';
import { Secrets } from '../ledger/secrets';
import type { Ports } from '../ports';
import { hashToken, unknownNode } from './authenticate';

/** Name of the errand that decides of a deployment's groups. */
export const elasticErrand = (deploymentId: string) => `elastic ${deploymentId}`;

/**
 * Of which deployment a node tells by this token, which is that of one group's queue alone: the plan gives it one of the node's steps.
 * @returns its id, and the token as it is kept
 * @throws AppError `not-found` for an unknown node, a group that it tells nothing of, or another token (the answer does not tell which)
 */
export async function checkQueue(ports: Ports, nodeId: string, group: string, token: Secret): Promise<{ id: string; hash: string }> {
  const { db } = ports.store;
  const node = await db.selectFrom('nodes').select(['key', 'deployment_id as id']).where('id', '=', nodeId).executeTakeFirst();
  if (!node) throw unknownNode();
  const given = hashToken(token);
  const hash = await tokenOf(ports, node, group);
  if (!hash || !timingSafeEqual(Buffer.from(given, 'hex'), Buffer.from(hash, 'hex'))) throw unknownNode();
  return { id: node.id, hash };
}

/** Takes in what a node tells of the queue of a group, and has that decided on. @throws as {@link checkQueue} */
export async function hearQueue(ports: Ports, nodeId: string, group: string, token: Secret, report: QueueReport): Promise<void> {
  const { store, clock } = ports;
  const { id, hash } = await checkQueue(ports, nodeId, group, token);
  await store.db.transaction().execute((trx) => writeReport(trx, { deploymentId: id, group, tokenHash: hash }, report, clock.now()));
  await store.queue.errands.ask(elasticErrand(id));
}

async function tokenOf({ store, vault }: Ports, { id, key }: { id: string; key: string }, group: string): Promise<string | undefined> {
  const { deployment } = await needLedger(store.db, id);
  const name = queueSecret(deployment.plan, key, group);
  if (name === undefined || deployment.wanted === 'deleted') return undefined;
  const known = await knownQueueToken(store.db, id, group);
  if (known) return known;
  const secrets = new Secrets(store.db, vault, { userId: deployment.user_id, deploymentId: id }, `hear of the queue of ${group}`);
  const { value } = (await secrets.get(name)).reveal();
  return value === undefined ? undefined : hashToken(new Secret(value));
}

// Name of the secret with which a node tells of a group's queue; undefined where none of its steps does.
function queueSecret({ nodes }: Plan, key: string, group: string): string | undefined {
  const envs = nodes.find((node) => node.key === key)?.steps.map(({ env }) => env) ?? [];
  return envs.flatMap(({ QUEUE_GROUP: of, QUEUE_TOKEN: value }) => (of === group ? secretOf(value) : []))[0];
}

const secretOf = (value: Value | undefined): string[] => (typeof value === 'object' && 'secret' in value ? [value.secret] : []);
