import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@/lib/core/errors';
import { copyEmbedded, openEmbedded } from './embedded';
import { takeLock } from './lock';

/**
 * A copy of the embedded database of a data folder, as `restoreDatabase` takes it.
 * @throws AppError `conflict` while a process has it open, `not-found` where there is none
 */
export async function copyDatabase(dataDir: string): Promise<Blob> {
  const folder = databaseIn(dataDir);
  if (!existsSync(folder)) throw new AppError({ code: 'not-found', title: 'There is no database', detail: `${folder} is not there.` });
  const release = takeLock(lockOf(dataDir));
  try {
    return await copyEmbedded(folder);
  } finally {
    release();
  }
}

/**
 * Makes the embedded database of a data folder that has none from a copy: all of it, or nothing.
 * @throws AppError `conflict` where there is one, or a process is about to make it
 */
export async function restoreDatabase(dataDir: string, copy: Blob): Promise<void> {
  const release = takeLock(lockOf(dataDir));
  try {
    const folder = databaseIn(dataDir);
    if (existsSync(folder)) throw isThere(folder);
    const draft = `${folder}.restored`;
    rmSync(draft, { recursive: true, force: true });
    const engine = await openEmbedded({ folder: draft, image: copy });
    await engine.close();
    renameSync(draft, folder);
  } finally {
    release();
  }
}

const databaseIn = (dataDir: string) => join(dataDir, 'db');
const lockOf = (dataDir: string) => join(dataDir, 'db.lock');

function isThere(what: string): AppError {
  return new AppError({
    code: 'conflict',
    title: 'There is a database already',
    detail: `${what} would be written over.`,
    remedy: 'Move it away first, or name another folder with TRANSAT_DATA.',
  });
}
