import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@/lib/core/clock';
import { type Config, readConfig } from '@/lib/core/config';
import { readRing } from '@/lib/credentials/sealing/ring';
import { openVaultServer } from '@/lib/credentials/vault-server';
import { root, stop, waitForHttp } from './shell';

const next = join(root, 'node_modules/next/dist/bin/next');
/**
 * What is young is collected often: of 16 MB and more, which V8 would take three times, a server of few people keeps nothing. Of what is old, V8 lets
 * garbage grow to several times of what lives unless a limit tells it to take less; what lives with 5,000 deployments is 110 MB. Who serves more sets
 * the limit by NODE_OPTIONS.
 */
const frugal = ({ NODE_OPTIONS = '' }: NodeJS.ProcessEnv): string[] => [
  '--max-semi-space-size=4',
  ...(/--max[-_]old[-_]space[-_]size/.test(NODE_OPTIONS) ? [] : ['--max-old-space-size=512']),
];

export interface Product {
  url: string;
  /** of the web server's process */
  pid: number | undefined;
  config: Config;
  /** resolves when the web server ends by itself */
  ended: Promise<number>;
  close(): Promise<void>;
}

/**
 * Serves the built product, and its embedded sandbox where the configuration has it on.
 * @param env the environment that configures it (TRANSAT_CONFIG, PORT, HOST …)
 * @param mode `start` serves the build; `dev` compiles on demand
 * @param logFile where the web server's output goes; left out: shown
 */
export async function startProduct(env: NodeJS.ProcessEnv, mode: 'start' | 'dev' = 'start', logFile?: string): Promise<Product> {
  const config = readConfig(env, root);
  const port = env.PORT ?? (new URL(config.url).port || '3000');
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  readRing(config, env, openVaultServer(config, systemClock)); // refuses before anything is started
  // both at once: each takes seconds to load
  const sandbox = config.sandbox ? openSandbox(config) : null;
  sandbox?.catch(() => {}); // met below
  const clientSecret = config.sandbox ? await sandboxClientSecret(config) : null;
  const web = spawn(process.execPath, [...frugal(env), next, mode, '-p', port, '-H', env.HOST ?? '127.0.0.1'], {
    cwd: root,
    stdio: logFile ? ['ignore', openSync(logFile, 'a'), openSync(logFile, 'a')] : ['ignore', 'inherit', 'inherit'],
    env: {
      MALLOC_ARENA_MAX: '2',
      ...env,
      ...settings(config, port, env),
      ...(clientSecret ? { TRANSAT_SANDBOX_CLIENT_SECRET: clientSecret } : {}),
    },
  });
  const ended = new Promise<number>((resolve) => web.on('close', (code) => resolve(code ?? 128)));
  const close = async () => {
    await stop(web);
    await (await sandbox?.catch(() => null))?.close();
  };
  try {
    await sandbox;
    await waitForHttp(`http://127.0.0.1:${port}/readyz`, 120, () => hasEnded(web));
  } catch (error) {
    await close();
    throw error;
  }
  return { url: config.url, pid: web.pid, config, ended, close };
}

// only loaded where it is on
async function sandboxClientSecret(config: Config): Promise<string> {
  const { sandboxSecrets } = await import('@/lib/sandbox/secrets');
  return sandboxSecrets(config.dataDir).clientSecret;
}

async function openSandbox(config: Config): Promise<{ close(): Promise<void> }> {
  const { startSandbox } = await import('@/lib/sandbox');
  return startSandbox({ port: Number(new URL(config.sandboxUrl).port), dataDir: config.dataDir, transatUrl: config.url });
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function settings(config: Config, port: string, env: NodeJS.ProcessEnv): Record<string, string> {
  return {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: port,
    TRANSAT_URL: config.url,
    TRANSAT_SANDBOX: config.sandbox ? '1' : '0',
    TRANSAT_SANDBOX_URL: config.sandboxUrl,
    // the sandbox's simulated nodes run on this machine, so for them the loopback address can be reached; all others go where the operator says
    ...(config.sandbox ? { TRANSAT_SANDBOX_CALLBACK_URL: `http://127.0.0.1:${port}` } : {}),
    NEXTAUTH_URL: config.url,
    NEXTAUTH_SECRET: env.NEXTAUTH_SECRET ?? keptSecret(join(config.dataDir, 'session-key')),
  };
}

function keptSecret(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}
