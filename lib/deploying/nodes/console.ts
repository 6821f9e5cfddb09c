import { AppError } from '@/lib/core/errors';
import { notFound } from '@/lib/core/problems';
import { storableText } from '@/lib/core/storable';
import { nodeOf } from '../kinds';
import { needLedger } from '../ledger/load';
import type { Ports } from '../ports';

const consoleLines = 500;

/**
 * The end of what a node's machine has written to its console, as its site has it now.
 * @param key of the node
 * @throws AppError `not-found` for an unknown node, `conflict` where it has no machine; as the site refuses it
 */
export async function readConsole(ports: Pick<Ports, 'store' | 'openCloud'>, deploymentId: string, key: string): Promise<string> {
  const { deployment, resources, nodes } = await needLedger(ports.store.db, deploymentId);
  if (!nodes.some((node) => node.key === key)) throw notFound('node');
  const server = resources.find(({ spec }) => nodeOf(spec) === key);
  if (!server?.cloud_id) {
    throw new AppError({
      code: 'conflict',
      title: 'There is no console',
      detail: `${key} has no machine now.`,
      remedy: 'Wait until its server is there.',
    });
  }
  const cloud = await ports.openCloud(deployment.user_id, server);
  return storableText(await cloud.compute.consoleLog(server.cloud_id, consoleLines));
}
