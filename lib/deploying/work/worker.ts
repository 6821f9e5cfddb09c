import { sql } from 'kysely';
import { slowBeatSeconds } from '../passes/next-look';
import type { Ports } from '../ports';
import { requestAction } from '../requests/request-action';
import { Bell } from '../wait';
import { attend } from './session';

/** Deployments that one worker attends to at a time. Most of that time is waiting. */
const concurrency = 32;
const sweepSeconds = 60;

export interface Worker {
  /** Stops taking on deployments and waits, a few seconds, for the passes that run. */
  stop(): Promise<void>;
}

/**
 * Begins to work on the queue in this process. Deployments that another worker left when it died are taken over; a sweep makes sure that
 * none that lives is forgotten.
 */
export async function runWorker(ports: Ports): Promise<Worker> {
  const { store } = ports;
  const bell = new Bell();
  const stopping = new AbortController();
  const unlisten = await store.listen('wake', (deploymentId) => bell.ring(deploymentId));
  if (store.kind === 'embedded') await store.queue.releaseOrphans();
  await store.queue.work(async (deploymentId, signal) => {
    const either = AbortSignal.any([signal, stopping.signal]);
    await attend(ports, deploymentId, either, bell.waiter(deploymentId, either));
  }, concurrency);
  await sweep(ports, 0);
  const timer = setInterval(() => sweep(ports, slowBeatSeconds).catch((error: unknown) => ports.onFault(error, '')), sweepSeconds * 1000);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await unlisten();
      await store.queue.close();
    },
  };
}

// What was to end by now is deleted as if its owner had asked.
async function endExpired(ports: Ports): Promise<void> {
  const { store, clock } = ports;
  const due = await store.db
    .selectFrom('deployments')
    .select('id')
    .where('expires_at', '<=', clock.now())
    .where('wanted', '!=', 'deleted')
    .where('deleted_at', 'is', null)
    .execute();
  for (const { id } of due) await requestAction(ports, id, { action: 'delete' });
}

// Every deployment that lives has an entry in the queue; where it has one, this changes nothing.
async function sweep(ports: Ports, after: number): Promise<void> {
  const { store } = ports;
  await endExpired(ports);
  const live = await store.db
    .selectFrom('deployments')
    .select('id')
    .where('deleted_at', 'is', null)
    .where(sql<boolean>`state <> 'failed' or wanted <> 'deleted'`)
    .execute();
  const ids = live.map(({ id }) => id);
  await store.queue.ensure(ids, after);
}
