import { AppError } from '@/lib/core/errors';
import { writeEvents } from '../ledger/events';
import type { Ledger } from '../ledger/ledger';
import { refresh } from '../ledger/refresh';
import { nodeRowOf } from '../ledger/write';
import { lostNodes } from '../nodes/silent';
import type { Clouds } from './observe';
import type { Act } from './perform';

const consoleLines = 30;

/** Marks the nodes that were silent for too long, with the end of their console where the site shows one. */
export async function markLostNodes({ ports, ledger, clouds }: Act): Promise<void> {
  const { store, clock } = ports;
  for (const { node, problem } of lostNodes(ledger, clock.now())) {
    const console = await consoleOf(node.key, ledger, clouds);
    const whole = console ? { ...problem, upstream: { service: 'console', message: console } } : problem;
    await store.db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('nodes')
        .set(({ eb }) => ({ ...nodeRowOf({ state: 'unreachable', problem: whole, deadline_at: null }), version: eb('version', '+', 1) }))
        .where('id', '=', node.id)
        .where('version', '=', node.version)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return; // heard from just now
      const event = {
        level: 'error',
        stage: 'node',
        subject: node.key,
        message: problem.title,
        data: { node: node.key, problem: whole },
      } as const;
      await writeEvents(store, trx, ledger.deployment.id, [event], clock.now());
      const fresh = await refresh(store, trx, ledger.deployment.id, clock.now());
      ledger.deployment = { ...ledger.deployment, ...fresh.deployment };
      ledger.nodes = fresh.nodes;
    });
  }
}

async function consoleOf(node: string, ledger: Ledger, clouds: Clouds): Promise<string | undefined> {
  const server = ledger.resources.find(({ spec }) => spec.kind === 'server' && spec.node === node);
  if (!server?.cloud_id) return undefined;
  try {
    const text = await (await clouds.open(server)).compute.consoleLog(server.cloud_id, consoleLines);
    return text.trim().slice(-4000) || undefined;
  } catch (error) {
    return `The console could not be read: ${AppError.from(error).title}`;
  }
}
