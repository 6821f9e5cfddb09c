import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.cwd();
const here = join(root, 'lib/credentials/files/testing');
const requirements = join(here, 'requirements.txt');

interface Written {
  text: string;
  /** it is still a text, and not a number, a date or yes or no */
  isText: boolean;
}
/** What openstacksdk makes of one cloud of a file. */
export type Reading =
  | {
      cloud: string;
      region: string;
      refused?: undefined;
      regionName: Written | null;
      authType: string;
      auth: Record<string, Written | null>;
    }
  | { cloud?: string; region?: string; refused: string };
export type Job = { config: string; secure?: string } | { env: Record<string, string> };

/**
 * A Python with the openstacksdk that the requirements beside this name, made once in a cache.
 * @returns the interpreter, or why there is none
 */
export function findOpenstacksdk(): { python: string } | { missing: string } {
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(root, 'node_modules/.cache/openstacksdk', wanted);
  const [python, stamp] = [join(folder, 'bin/python'), join(folder, 'complete')];
  if (existsSync(stamp)) return { python };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [program, ...args] of [
    ['python3', '-m', 'venv', folder],
    [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements],
  ] as [string, ...string[]][]) {
    const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 300_000 });
    if (status !== 0) return { missing: `${[program, ...args].join(' ')}: ${error?.message ?? stderr.trim().split('\n').at(-1)}` };
  }
  writeFileSync(stamp, '');
  return { python };
}

/** What openstacksdk makes of each job, in one run of Python. */
export function readWithOpenstacksdk(python: string, jobs: readonly Job[]): Reading[][] {
  const options = { input: JSON.stringify(jobs), encoding: 'utf8', maxBuffer: 2 ** 26 } as const;
  const { status, stdout, stderr } = spawnSync(python, [join(here, 'openstacksdk.py')], options);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** The variables of a shell that has taken in a file, without any of the person's own and with nobody to answer what it asks. */
export function readWithBash(file: string): Record<string, string> {
  // whoever takes a file in gives it no arguments
  const script = `file="$1"; set --; source "$file" >/dev/null 2>&1; for name in "\${!OS_@}"; do printf "%s=%s\\0" "$name" "\${!name}"; done`;
  const options = { encoding: 'utf8', input: '' } as const;
  const { stdout } = spawnSync('env', ['-i', 'LC_ALL=C.UTF-8', 'bash', '--norc', '--noprofile', '-c', script, '-', file], options);
  return Object.fromEntries(
    stdout
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
