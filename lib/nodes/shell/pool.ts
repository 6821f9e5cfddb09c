import type { ShellTarget } from './connection';
import { type NodeShell, openNodeShell } from './node-shell';

/** Where a node is reached: by itself, or by way of another one. `key` is unique over all deployments, as a node's id is. */
export interface PoolTarget extends ShellTarget {
  key: string;
  via?: PoolTarget;
}

export interface ShellPool {
  /**
   * Lends the shell of a node, opened if it is not; nodes behind one front-end share the connection to it.
   * @throws what opening throws (AppError `node-unreachable`), and what `work` throws
   */
  use<T>(target: PoolTarget, work: (shell: NodeShell) => Promise<T>): Promise<T>;
  /** Closes the shell of a node that is gone or was set up anew. */
  forget(key: string): void;
  /** Closes all. */
  close(): void;
}

interface Entry {
  address: string;
  shell: Promise<NodeShell>;
  users: number;
  timer?: NodeJS.Timeout;
}

/**
 * Keeps shells open while they are in use, and a while after.
 * @param idleSeconds after which an unused shell is closed
 * @param open for tests
 */
export function createShellPool(idleSeconds = 60, open: typeof openNodeShell = openNodeShell): ShellPool {
  const entries = new Map<string, Entry>();

  function drop(key: string, entry: Entry): void {
    clearTimeout(entry.timer);
    if (entries.get(key) === entry) entries.delete(key);
    entry.shell.then((shell) => shell.close()).catch(() => {});
  }

  // The entry for a target, with a connection that stands or is being made.
  async function entryOf(target: PoolTarget, via?: NodeShell): Promise<Entry> {
    const found = entries.get(target.key);
    if (found) {
      const fits = (shell: NodeShell) => shell.isOpen() && target.hostKeys.includes(shell.hostKey);
      if (found.address === target.address && (await found.shell.then(fits).catch(() => false))) return entries.get(target.key) ?? found;
      drop(target.key, found);
    }
    const current = entries.get(target.key);
    if (current) return current;
    const entry: Entry = { address: target.address, shell: open(target, via), users: 0 };
    entry.shell.catch(() => drop(target.key, entry));
    entries.set(target.key, entry);
    return entry;
  }

  async function use<T>(target: PoolTarget, work: (shell: NodeShell) => Promise<T>): Promise<T> {
    if (target.via) return use(target.via, (via) => borrow(target, work, via));
    return borrow(target, work);
  }

  async function borrow<T>(target: PoolTarget, work: (shell: NodeShell) => Promise<T>, via?: NodeShell): Promise<T> {
    const entry = await entryOf(target, via);
    entry.users += 1;
    clearTimeout(entry.timer);
    try {
      return await work(await entry.shell);
    } finally {
      entry.users -= 1;
      if (entry.users === 0) {
        entry.timer = setTimeout(() => drop(target.key, entry), idleSeconds * 1000);
        entry.timer.unref();
      }
    }
  }

  return {
    use,
    forget: (key) => {
      const entry = entries.get(key);
      if (entry) drop(key, entry);
    },
    close: () => {
      for (const [key, entry] of entries) drop(key, entry);
    },
  };
}
