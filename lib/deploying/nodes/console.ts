import { AppError } from '@/lib/core/errors';
import { notFound } from '@/lib/core/problems';
import { storableText } from '@/lib/core/storable';
import { nodeOf } from '../kinds';
import { needLedger } from '../ledger/load';
import type { Ports } from '../ports';

const consoleLines = 500;
/** A line may be as long as a machine likes. */
const mostBytes = 256 * 1024;

/** The end of a console; `cut`: what comes before is left out, though it was read. */
export interface ConsoleEnd {
  text: string;
  cut: boolean;
}

/**
 * The end of what a node's machine has written to its console, as its site has it now.
 * @param key of the node
 * @throws AppError `not-found` for an unknown node, `conflict` where it has no machine; as the site refuses it
 */
export async function readConsole(ports: Pick<Ports, 'store' | 'openCloud'>, deploymentId: string, key: string): Promise<ConsoleEnd> {
  const { userId, server, cloudId } = await machineOf(ports.store, deploymentId, key);
  const cloud = await ports.openCloud(userId, server);
  return endOf(storableText(await cloud.compute.consoleLog(cloudId, consoleLines)));
}

/** The machine of a node, as it is in the ledger. @throws AppError `not-found` for an unknown node, `conflict` where it has no machine */
export async function machineOf({ db }: Ports['store'], deploymentId: string, key: string) {
  const { deployment, resources, nodes } = await needLedger(db, deploymentId);
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
  return { userId: deployment.user_id, server, cloudId: server.cloud_id };
}

/** The end of a text, from the beginning of a line where there is one within. Pure. */
export function endOf(text: string, most = mostBytes): ConsoleEnd {
  const bytes = Buffer.from(text);
  if (bytes.length <= most) return { text, cut: false };
  let start = bytes.length - most;
  // not within a character of several bytes
  while (((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  const end = bytes.subarray(start).toString();
  const line = end.indexOf('\n') + 1;
  return { text: line < end.length ? end.slice(line) : end, cut: true };
}
