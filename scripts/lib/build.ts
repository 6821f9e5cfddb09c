import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, run } from './shell';

const built = [
  'app',
  'components',
  'lib',
  'public',
  'next.config.js',
  'package-lock.json',
  'postcss.config.mjs',
  'tsconfig.json',
  'instrumentation.ts',
  'proxy.ts',
];
const stamp = join(root, '.next', 'transat-sources');

/** Whether there is a build, though its sources may have changed since. */
export function isBuilt(): boolean {
  return existsSync(stamp);
}

/**
 * Builds the application where its sources changed since the last build.
 * @returns whether a build was needed
 * @throws Error when the build fails (what it printed stands above)
 */
export async function ensureBuilt(): Promise<boolean> {
  const sources = await hashSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return false;
  const code = await run('next', ['build'], { env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } });
  if (code !== 0) throw new Error('The application could not be built; the reason stands above.');
  writeFileSync(stamp, sources);
  return true;
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const path of (await Promise.all(built.map((name) => filesBelow(join(root, name))))).flat().sort()) {
    hash.update(path).update(await readFile(path));
  }
  return hash.digest('hex');
}

async function filesBelow(path: string): Promise<string[]> {
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null);
  if (entries === null) return [path];
  return entries.filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
}
