import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '@/lib/core/errors';

/** Which process holds a lock. `started` and `boot` tell a living process from a later one with the same number. */
interface Holder {
  pid: number;
  started: string;
  boot: string;
}

/**
 * Takes a lock file for this process, or for nobody: PGlite itself lets two processes open one folder, and then loses the
 * rows of one of them. A lock whose process is gone is taken over.
 * @param path the lock file; its folder is made where it is missing
 * @returns what gives the lock back
 * @throws AppError `conflict` when a living process holds it, naming that process
 */
export function takeLock(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  const mine = JSON.stringify(identify(process.pid));
  const draft = `${path}.${process.pid}`;
  for (let round = 0; round < 10; round++) {
    writeFileSync(draft, mine);
    try {
      linkSync(draft, path); // appears with its content, or not at all
      return () => giveBack(path, mine);
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    const seen = readLock(path);
    if (seen === undefined) continue;
    const holder = parseHolder(seen);
    if (holder && isAlive(holder)) throw refused(path, holder);
    removeStale(path, seen);
  }
  throw refused(path, undefined);
}

function refused(path: string, holder: Holder | undefined): AppError {
  const who = holder ? `process ${holder.pid}` : 'another process';
  return new AppError({
    code: 'conflict',
    title: 'The embedded database is in use',
    detail: `The embedded database at ${dirname(path)} is open in ${who}, and only one process may open it.`,
    cause: 'Two processes that write to one embedded database would lose each other’s data.',
    remedy: 'Stop that process first, give this one a folder of its own with TRANSAT_DATA, or use a PostgreSQL server with DATABASE_URL.',
  });
}

// Moves the lock aside before it is deleted: if another process took it over in between, it is put back.
function removeStale(path: string, seen: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') !== seen && !existsSync(path)) linkSync(aside, path);
  unlinkSync(aside);
}

function giveBack(path: string, mine: string): void {
  if (readLock(path) === mine) rmSync(path, { force: true });
}

function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || typeof value.pid !== 'number') return undefined;
    const started = 'started' in value ? String(value.started) : '';
    return { pid: value.pid, started, boot: 'boot' in value ? String(value.boot) : '' };
  } catch {
    return undefined;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (!isCode(error, 'EPERM')) return false;
  }
  const now = identify(holder.pid);
  return holder.boot === now.boot && (holder.started === '' || now.started === '' || holder.started === now.started);
}

function identify(pid: number): Holder {
  return { pid, started: startOf(pid), boot: readOr('/proc/sys/kernel/random/boot_id') };
}

// Field 22 of /proc/<pid>/stat: when the process started, in ticks since boot; empty where there is no /proc.
function startOf(pid: number): string {
  const stat = readOr(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
