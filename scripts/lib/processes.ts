import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Product, startProduct } from './product';
import { root, stop } from './shell';

/** Who works, and may be killed. */
export interface Processes {
  /** one is ended as by a power cut, and another takes its place */
  kill(): Promise<void>;
  /** milliseconds until the next is killed, at random from 0 up to 1 */
  pause(random: number): number;
  close(): Promise<void>;
}

/** One process that serves and works, on the embedded database; killed at any moment of its first nine seconds. */
export async function alone(env: NodeJS.ProcessEnv, folder: string): Promise<Processes> {
  const begin = () => startProduct(env, 'start', join(folder, 'web.log'));
  let product: Product = await begin();
  return {
    kill: async () => {
      if (product.pid) process.kill(product.pid, 'SIGKILL');
      await product.ended;
      product = await begin();
    },
    pause: (random) => 200 + random * 8800,
    close: () => product.close(),
  };
}

/** A web server and two workers on PostgreSQL; one of the two is killed every twenty seconds, and started again. */
export async function twoWorkers(given: NodeJS.ProcessEnv, folder: string): Promise<Processes> {
  // several processes have no folder in common, in which the first one would make its keys
  const key = () => randomBytes(32).toString('base64');
  const env = { ...given, TRANSAT_KEY: key(), NEXTAUTH_SECRET: key() };
  const product = await startProduct({ ...env, TRANSAT_WORKER: '0' }, 'start', join(folder, 'web.log'));
  const begin = (): ChildProcess => {
    const log = openSync(join(folder, 'worker.log'), 'a');
    // not by the script's door: what dies is the worker itself
    const words = ['--import', join(root, 'node_modules/tsx/dist/loader.mjs'), join(root, 'scripts/tasks/worker.ts')];
    return spawn(process.execPath, words, { cwd: root, env, stdio: ['ignore', log, log] });
  };
  const workers = [begin(), begin()];
  let next = 0;
  return {
    kill: async () => {
      const at = next++ % workers.length;
      workers[at]?.kill('SIGKILL');
      await sleep(500);
      workers[at] = begin();
    },
    pause: () => 20_000,
    close: async () => {
      await Promise.all(workers.map((worker) => stop(worker)));
      await product.close();
    },
  };
}
