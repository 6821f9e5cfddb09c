import type { ShellPool } from '@/lib/nodes/shell/pool';
import type { ReadNode } from './node-reader';

/** Visits of nodes over shared, pinned SSH connections. */
export function readOverSsh(pool: ShellPool): ReadNode {
  return (target, { after, runFrom, bundle, introduce }) =>
    pool.use(target, async (shell) => {
      if (introduce) {
        const identity = await shell.readIdentity();
        if (!identity) return [];
        await introduce(identity, shell.hostKey);
        await shell.putTaken(identity);
      }
      if (bundle) await shell.putBundle(bundle);
      if (runFrom) await shell.requestRun(runFrom);
      return shell.readMessages(after);
    });
}
