import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A key pair of the person, made for one journey. */
export function makeKey(): { file: string; publicKey: string } {
  const file = join(mkdtempSync(join(tmpdir(), 'transat-key-')), 'id_ed25519');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'journey', '-f', file]);
  return { file, publicKey: readFileSync(`${file}.pub`, 'utf8').trim() };
}

// Only the host keys that Transat showed count.
function optionsFor(key: string, knownHosts: string): string[] {
  const hosts = `${key}.known_hosts`;
  writeFileSync(hosts, `${knownHosts}\n`);
  const said = ['StrictHostKeyChecking=yes', 'BatchMode=yes', 'ConnectTimeout=15', 'IdentitiesOnly=yes', `UserKnownHostsFile=${hosts}`];
  return ['-i', key, ...said.flatMap((each) => ['-o', each])];
}

/**
 * Runs a command on a node as its user would, with only the host keys that Transat showed.
 * @param target `user@address`
 * @param knownHosts lines for known_hosts
 * @returns standard output
 */
export async function ssh(target: string, key: string, knownHosts: string, command: string): Promise<string> {
  const { stdout } = await run('ssh', [...optionsFor(key, knownHosts), target, command], { timeout: 180_000 });
  return stdout;
}

/** Copies a file of this machine to a node's folder for what is temporary, under its own name. */
export async function copyTo(target: string, key: string, knownHosts: string, file: string): Promise<void> {
  await run('scp', ['-q', ...optionsFor(key, knownHosts), file, `${target}:/tmp/`], { timeout: 180_000 });
}
