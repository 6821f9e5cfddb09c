import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { buildVault, vaultFile } from './build-vault';
import { freePort, stop, waitForHttp } from './shell';

export interface RealVault {
  address: string;
  rootToken: string;
  unsealKey?: string;
  close(): Promise<void>;
}

/**
 * A Vault or OpenBao for tests: the one that TRANSAT_VAULT_ADDR and TRANSAT_VAULT_TOKEN name, else a development server (all in
 * memory) of TRANSAT_VAULT_BINARY, of `vault` or `bao` on the PATH, or of one that was built before.
 * @param build whether to build one where there is none
 * @returns null where there is none
 */
export async function realVault(build: boolean): Promise<RealVault | null> {
  const { TRANSAT_VAULT_ADDR: address, TRANSAT_VAULT_TOKEN: rootToken, TRANSAT_VAULT_UNSEAL_KEY: unsealKey } = process.env;
  if (address && rootToken) return { address, rootToken, unsealKey, close: async () => {} };
  const kept = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'transat', vaultFile);
  const onPath = (process.env.PATH ?? '').split(':').flatMap((folder) => [join(folder, 'vault'), join(folder, 'bao')]);
  const binary = [process.env.TRANSAT_VAULT_BINARY ?? '', ...onPath, kept].find((file) => file !== '' && existsSync(file));
  if (binary) return await startDevelopmentServer(binary);
  if (!build) return null;
  await buildVault(kept);
  return await startDevelopmentServer(kept);
}

async function startDevelopmentServer(binary: string): Promise<RealVault> {
  const port = await freePort();
  const rootToken = `root-${randomUUID()}`;
  const child = spawn(binary, ['server', '-dev', '-dev-no-store-token', `-dev-listen-address=127.0.0.1:${port}`], {
    env: { ...process.env, VAULT_DEV_ROOT_TOKEN_ID: rootToken, BAO_DEV_ROOT_TOKEN_ID: rootToken },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let told = '';
  child.stdout.on('data', (bytes: Buffer) => {
    told += bytes.toString();
  });
  const address = `http://127.0.0.1:${port}`;
  try {
    await waitForHttp(`${address}/v1/sys/health`, 60, () => child.exitCode !== null);
  } catch (error) {
    await stop(child);
    throw error;
  }
  // it is told a moment after the server answers
  for (const end = Date.now() + 10_000; !unsealKeyIn(told) && Date.now() < end; ) await new Promise((next) => setTimeout(next, 50));
  return { address, rootToken, unsealKey: unsealKeyIn(told), close: () => stop(child) };
}

const unsealKeyIn = (told: string) => /Unseal Key: (\S+)/.exec(told)?.[1];
