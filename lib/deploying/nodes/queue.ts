import { timingSafeEqual } from 'node:crypto';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import type { QueueReport } from '@/lib/nodes/protocol';
import type { Plan, Value } from '@/lib/planning/types';
import { knownQueueToken, writeReport } from '../ledger/elastic';
import type { Ledger, Node } from '../ledger/ledger';
import { needLedger } from '../ledger/load';
import { Secrets } from '../ledger/secrets';
import type { Ports } from '../ports';
import { hashToken, unknownNode } from './authenticate';
import { targetOf } from './target';

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
  const name = queuesOf(deployment.plan, key).find((queue) => queue.group === group)?.secret;
  if (name === undefined || deployment.wanted === 'deleted') return undefined;
  const known = await knownQueueToken(store.db, id, group);
  if (known) return known;
  const secrets = new Secrets(store.db, vault, { userId: deployment.user_id, deploymentId: id }, `hear of the queue of ${group}`);
  const { value } = (await secrets.get(name)).reveal();
  return value === undefined ? undefined : hashToken(new Secret(value));
}

/**
 * Asks the nodes that can't call what waits in the queues that they tell of. One that does not answer now is asked at the next beat.
 * @returns whether there are such
 */
export async function askForQueues(ports: Ports, ledger: Ledger): Promise<boolean> {
  const { deployment, nodes } = ledger;
  const telling = nodes
    .filter(({ channel, state }) => channel === 'ssh' && state === 'ready')
    .flatMap((node) => queuesOf(deployment.plan, node.key).map((queue) => ({ node, queue })));
  // its key is read each minute: that it is at all was noted when the node was set up
  const secrets = new Secrets(ports.store.db, ports.vault, { userId: deployment.user_id, deploymentId: deployment.id }, null);
  for (const { node, queue } of telling) {
    const report = await reportOf(ports, ledger, node, queue.group, secrets);
    const tokenHash = report && (await tokenOf(ports, { id: deployment.id, key: node.key }, queue.group));
    if (!report || !tokenHash) continue;
    const about = { deploymentId: deployment.id, group: queue.group, tokenHash };
    await ports.store.db.transaction().execute((trx) => writeReport(trx, about, report, ports.clock.now()));
  }
  return telling.length > 0;
}

async function reportOf(ports: Ports, ledger: Ledger, node: Node, group: string, secrets: Secrets): Promise<QueueReport | null> {
  try {
    return await ports.readQueue(await targetOf(ports, ledger, node, secrets), group);
  } catch (error) {
    // what is not heard for long enough is said as that
    if (AppError.from(error).code === 'internal') ports.onFault(error, ledger.deployment.id);
    return null;
  }
}

/** The groups of whose queue a node tells, each with the name of the secret with which it does. Pure. */
export function queuesOf({ nodes }: Plan, key: string): { group: string; secret: string }[] {
  const envs = nodes.find((node) => node.key === key)?.steps.map(({ env }) => env) ?? [];
  return envs.flatMap(({ QUEUE_GROUP: group, QUEUE_TOKEN: token }) =>
    typeof group === 'string' ? secretOf(token).map((secret) => ({ group, secret })) : [],
  );
}

const secretOf = (value: Value | undefined): string[] => (typeof value === 'object' && 'secret' in value ? [value.secret] : []);
