import { AppError } from '@/lib/core/errors';
import { nodeOf } from '../kinds';
import type { Ledger } from '../ledger/ledger';
import { markUnreachable } from '../ledger/node-rows';
import { faultIn } from '../nodes/faults/faults';
import { lostNodes } from '../nodes/silent';
import type { Clouds } from './observe';
import type { Act } from './perform';

/** Lines of a console that are looked at, and that are kept. */
const consoleLines = 200;
const keptLines = 30;

/** Marks the nodes that were silent for too long, with the end of their console where the site shows one. */
export async function markLostNodes({ ports, ledger, clouds }: Act): Promise<void> {
  const { store, clock } = ports;
  for (const { node, problem } of lostNodes(ledger, clock.now())) {
    const console = await consoleOf(node.key, ledger, clouds);
    const whole = console ? { ...problem, ...faultIn(console), upstream: { service: 'console', message: endOf(console) } } : problem;
    await markUnreachable(store, ledger, node, whole, clock.now());
  }
}

const endOf = (console: string): string => console.split('\n').slice(-keptLines).join('\n').slice(-4000);

async function consoleOf(node: string, ledger: Ledger, clouds: Clouds): Promise<string | undefined> {
  const server = ledger.resources.find(({ spec, wanted }) => wanted === 'present' && nodeOf(spec) === node);
  if (!server?.cloud_id) return undefined;
  try {
    const text = await (await clouds.open(server)).compute.consoleLog(server.cloud_id, consoleLines);
    return text.trim() || undefined;
  } catch (error) {
    return `The console could not be read: ${AppError.from(error).title}`;
  }
}
