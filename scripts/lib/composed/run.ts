import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from '../shell';
import type { Service } from './file';

/** What stands in place of what only containers have. */
export interface Ground {
  /** what the image runs, and with which environment */
  image: { command: string[]; environment: Record<string, string> };
  /** texts in commands and environments, and what they are here: addresses of other services, paths of volumes */
  places: [from: string, to: string][];
  /** processes run as the users that the file says; else as whoever runs this */
  asUsers: boolean;
}

export interface Running {
  name: string;
  /** all that it printed */
  output(): string;
  ended(): boolean;
  /** Asks it to end. @returns its exit code, and how long it took; the code is null where it had to be killed after its time of grace */
  stop(): Promise<{ code: number | null; seconds: number }>;
}

/** Whether another user could read the project's folder. */
export function othersMayRead(folder = root): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o5) !== 0o5) return false;
    if (at === dirname(at)) return true;
  }
}

/** Starts a service's process as the file says. */
export function startService(service: Service, ground: Ground): Running {
  const [program = '', ...words] = here(service.command ?? ground.image.command, ground);
  const began = spawn(program, words, {
    ...optionsOf(service, ground),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [began.stdout, began.stderr]) stream?.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const ended = () => began.exitCode !== null || began.signalCode !== null;
  return { name: service.name, output: () => output, ended, stop: () => stopped(began, service.graceSeconds) };
}

async function stopped(child: ChildProcess, graceSeconds: number): Promise<{ code: number | null; seconds: number }> {
  const began = Date.now();
  if (child.exitCode === null && child.signalCode === null) {
    const end = once(child, 'exit');
    child.kill('SIGTERM');
    const insist = setTimeout(() => child.kill('SIGKILL'), graceSeconds * 1000);
    await end;
    clearTimeout(insist);
  }
  return { code: child.exitCode, seconds: (Date.now() - began) / 1000 };
}

/**
 * Waits until a service's own check says that it is healthy.
 * @throws Error when it is not within the time that the file gives it, or has ended
 */
export async function healthy(service: Service, ground: Ground, gone: () => boolean): Promise<void> {
  const { health } = service;
  if (!health) return;
  const [program = '', ...words] = here(health.command, ground);
  const until = Date.now() + health.withinSeconds * 1000;
  let said = '';
  while (Date.now() < until) {
    if (gone()) throw new Error(`${service.name} has ended`);
    const check = spawn(program, words, {
      ...optionsOf(service, ground),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: health.timeoutSeconds * 1000,
    });
    said = '';
    for (const stream of [check.stdout, check.stderr]) stream?.on('data', (bytes: Buffer) => (said += bytes.toString()));
    const [code] = await once(check, 'close');
    if (code === 0) return;
    await new Promise((next) => setTimeout(next, 500));
  }
  throw new Error(`${service.name} was not healthy within ${health.withinSeconds} s: ${said.slice(-500)}`);
}

function optionsOf({ environment, uid, gid }: Service, ground: Ground) {
  const path = [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
  const given = Object.entries({ ...ground.image.environment, ...environment });
  const said = Object.fromEntries(given.map(([name, value]) => [name, here([value], ground)[0] ?? '']));
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', PATH: path, ...said };
  return { cwd: root, env, ...(ground.asUsers ? { uid, gid } : {}) };
}

function here(words: string[], { places }: Ground): string[] {
  return words.map((word) => places.reduce((text, [from, to]) => text.replaceAll(from, to), word));
}

/** Where a program of this machine is; undefined where it has none of that name. */
export function programNamed(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}
