import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** The folder of the project. */
export const root = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');

/**
 * Runs a command to its end with its output shown.
 * @returns its exit code (128 where a signal ended it)
 */
export function run(command: string, args: string[], options: SpawnOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 128));
  });
}

/** Ends a child: asks first, insists after `graceMs`. */
export function stop(child: ChildProcess, graceMs = 10_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const insist = setTimeout(() => child.kill('SIGKILL'), graceMs);
    child.once('close', () => {
      clearTimeout(insist);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/**
 * Asks an address until it answers with success.
 * @throws Error when it does not within `seconds`, or `gone()` says that it never will
 */
export async function waitForHttp(url: string, seconds: number, gone: () => boolean = () => false): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end && !gone()) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => null);
    if (answer?.ok) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`${url} did not answer within ${seconds} s`);
}

/** A port of this machine that nobody listens at. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
