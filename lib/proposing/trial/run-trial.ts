import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '@/lib/core/errors';
import type { Trial, TrialRequest } from './types';

/** So long a trial may take in all, in milliseconds: the thread's start and the whole catalogue are in it, on a machine that has other work. */
const mostMs = 60_000;
/** So many may wait; each takes a core for a second or two. */
const mostWaiting = 4;
const mostMiB = 512;

const loader = join('node_modules', 'tsx', 'dist', 'loader.mjs');
const thread = join('lib', 'proposing', 'trial', 'thread.ts');

let last: Promise<unknown> = Promise.resolve();
let waiting = 0;

/**
 * Tries a template in a thread of its own, one after the other. The thread has nothing of the product: no configuration, no secret, no store.
 * @param signal ends it when nobody waits for it any more
 * @throws AppError `rate-limited` where others are being tried already; `recipe-invalid` where reading it took too much time or memory
 */
export async function runTrial(request: TrialRequest, signal: AbortSignal): Promise<Trial> {
  if (waiting >= mostWaiting)
    throw new AppError({
      code: 'rate-limited',
      title: 'Other templates are being tried just now',
      remedy: 'Try again in a moment.',
    });
  waiting += 1;
  const before = last;
  const own = (async () => {
    await before;
    signal.throwIfAborted();
    return await inThread(request, signal);
  })();
  last = own.catch(() => {}).finally(() => (waiting -= 1));
  return await own;
}

async function inThread(request: TrialRequest, signal: AbortSignal): Promise<Trial> {
  const root = process.cwd();
  const worker = new Worker(join(root, thread), {
    workerData: request,
    env: { PATH: process.env.PATH },
    execArgv: ['--import', pathToFileURL(join(root, loader)).href],
    resourceLimits: { maxOldGenerationSizeMb: mostMiB },
    stdout: true,
    stderr: true,
  });
  try {
    return await new Promise<Trial>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : error));
      worker.once('exit', () => reject(tooMuch()));
      AbortSignal.any([signal, AbortSignal.timeout(mostMs)]).addEventListener('abort', () => reject(tooMuch()), { once: true });
    });
  } finally {
    await worker.terminate();
  }
}

function tooMuch(): AppError {
  return new AppError({
    code: 'recipe-invalid',
    title: 'The template could not be tried',
    detail: 'Reading it took more time or memory than a template may take.',
    remedy: 'Make it smaller, and try again.',
  });
}
