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

/**
 * Runs a command on a node as its user would, with only the host keys that Transat showed.
 * @param target `user@address`
 * @param knownHosts lines for known_hosts
 * @returns standard output
 */
export async function ssh(target: string, key: string, knownHosts: string, command: string): Promise<string> {
  const hosts = `${key}.known_hosts`;
  writeFileSync(hosts, `${knownHosts}\n`);
  const options = [
    '-i',
    key,
    '-o',
    `UserKnownHostsFile=${hosts}`,
    '-o',
    'StrictHostKeyChecking=yes',
    '-o',
    'BatchMode=yes',
    '-o',
    'ConnectTimeout=15',
    '-o',
    'IdentitiesOnly=yes',
  ];
  const { stdout } = await run('ssh', [...options, target, command], { timeout: 180_000 });
  return stdout;
}
