import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from './shell';

const MINUTES_5 = 300_000;

/**
 * The Python of an environment with a release of somebody's package and all that it needs, each of one version; made once.
 * @param name of the file in scripts/clients that lists them: `oscar-python-2.2.0`
 * @param missing what was not tried where it can't be made
 * @returns null where it can't be made here, which is said loudly
 */
export function pythonEnvironment(name: string, missing: string): string | null {
  const requirements = join(root, 'scripts', 'clients', `${name}.txt`);
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'transat', `${name}-${digest}`);
  const python = join(folder, 'bin', 'python');
  const made = join(folder, 'made');
  if (existsSync(made)) return python;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const steps: [string, string[]][] = [
    ['python3', ['-m', 'venv', folder]],
    [python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements]],
  ];
  for (const [command, args] of steps) {
    const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: MINUTES_5 });
    if (status === 0) continue;
    console.error('\n########################################################################');
    console.error(`# ${name} CAN'T BE HAD here, and was not tried ${missing}:`);
    console.error(`# ${(error?.message ?? stderr ?? '').trim().split('\n').at(-1) ?? ''}`);
    console.error('########################################################################\n');
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
  writeFileSync(made, '');
  return python;
}
