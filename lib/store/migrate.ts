import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@/lib/core/errors';
import type { Engine } from './engine';

export interface Migration {
  name: string;
  text: string;
  sha256: string;
}

// any number that nothing else locks: "transat" read as base 36
const lockNumber = 64_393_246_013;

/** The numbered SQL files, in order. Read from the project's folder: a bundler moves this module, not its files, and need not look for them. */
export function readMigrations(folder = join(process.cwd(), 'lib/store/migrations')): Migration[] {
  return readdirSync(/* turbopackIgnore: true */ folder)
    .filter((file) => /^\d{4}-.+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(/* turbopackIgnore: true */ `${folder}/${file}`, 'utf8');
      return { name: file.replace(/\.sql$/, ''), text, sha256: createHash('sha256').update(text).digest('hex') };
    });
}

/**
 * Brings the database up to the newest migration, each in the same transaction as its mark; processes that start together wait for each other.
 * @returns the names of those applied now
 * @throws AppError `not-ready` when a migration was changed after it had been applied
 */
export async function migrate(engine: Engine, migrations: Migration[]): Promise<string[]> {
  return engine.inTransaction(async (run) => {
    await run(`select pg_advisory_xact_lock(${lockNumber})`);
    await run(
      'create table if not exists migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
    );
    const applied = new Map((await run('select name, sha256 from migrations')).map((row) => [row.name, row.sha256]));
    const fresh: string[] = [];
    for (const { name, text, sha256 } of migrations) {
      const known = applied.get(name);
      if (known !== undefined && known !== sha256) throw changed(name);
      if (known !== undefined) continue;
      await run(text);
      await run(`insert into migrations (name, sha256) values ('${name}', '${sha256}')`);
      fresh.push(name);
    }
    return fresh;
  });
}

function changed(name: string): AppError {
  return new AppError({
    code: 'not-ready',
    title: 'The database does not fit this version',
    detail: `Migration ${name} was changed after this database had applied it.`,
    remedy: 'Use the version of Transat that made this database, or a new database (TRANSAT_DATA or DATABASE_URL).',
  });
}
