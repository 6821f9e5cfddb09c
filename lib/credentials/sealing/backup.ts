import { chmodSync, copyFileSync, existsSync, mkdirSync, openAsBlob, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@/lib/core/errors';
import { copyDatabase, restoreDatabase } from '@/lib/store/copy';

const databaseFile = 'database.tar.gz';
/** The key that opens what is sealed in the database, and the next one while a rotation is under way; neither where the key is given by the environment. */
const keyFiles = ['key', 'key.next'];

/**
 * Copies what a Transat on one machine keeps, its embedded database and its key, into a new folder that its owner alone may read.
 * @returns the files that were written
 * @throws AppError `conflict` while Transat runs, or where something is in that folder; `not-found` where there is no database
 */
export async function backUp(dataDir: string, folder: string): Promise<string[]> {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw wouldBeLost(folder);
  const copy = await copyDatabase(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, databaseFile), Buffer.from(await copy.arrayBuffer()), { mode: 0o600, flush: true });
  return [databaseFile, ...copyKeys(dataDir, folder)];
}

/**
 * Brings back what {@link backUp} has copied, into a data folder that has neither database nor key.
 * @returns the files that were read
 * @throws AppError `not-found` where the folder is no such copy, `conflict` where something would be written over
 */
export async function restore(dataDir: string, folder: string): Promise<string[]> {
  const file = join(folder, databaseFile);
  if (!existsSync(file)) throw new AppError({ code: 'not-found', title: 'There is no copy', detail: `${file} is not there.` });
  const taken = keyFiles.map((name) => join(dataDir, name)).find((path) => existsSync(path));
  if (taken) throw wouldBeLost(taken);
  await restoreDatabase(dataDir, await openAsBlob(file));
  return [databaseFile, ...copyKeys(folder, dataDir)];
}

function copyKeys(from: string, to: string): string[] {
  const names = keyFiles.filter((name) => existsSync(join(from, name)));
  for (const name of names) {
    copyFileSync(join(from, name), join(to, name));
    chmodSync(join(to, name), 0o600);
  }
  return names;
}

function wouldBeLost(path: string): AppError {
  return new AppError({
    code: 'conflict',
    title: 'Something is there already',
    detail: `${path} would be written over.`,
    remedy: 'Name another folder, or move it away first.',
  });
}
