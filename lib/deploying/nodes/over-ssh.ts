import type { ShellPool } from '@/lib/nodes/shell/pool';
import type { ReadNode, ReadQueue } from './node-reader';

/** Visits of nodes over shared, pinned SSH connections. */
export function readOverSsh(pool: ShellPool): ReadNode {
  return (target, { after, run, bundle, introduce }) =>
    pool.use(target, async (shell) => {
      if (introduce) {
        const identity = await shell.readIdentity();
        if (!identity) return [];
        await introduce(identity, shell.hostKey);
        await shell.putTaken(identity);
      }
      if (bundle) await shell.putBundle(bundle);
      if (run) await shell.requestRun(run);
      const messages = await shell.readMessages(after);
      // it may have been handed over after its end was told, by whoever had not heard of that yet
      if (!run && messages.some(({ type }) => type === 'finished')) await shell.forgetBundle();
      return messages;
    });
}

/** What nodes tell of queues, over the same connections. */
export function readQueueOverSsh(pool: ShellPool): ReadQueue {
  return (target, group) => pool.use(target, (shell) => shell.readQueue(group));
}
