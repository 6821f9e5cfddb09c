import { sql } from 'kysely';
import { newId } from '@/lib/core/ids';
import type { Places } from '@/lib/store/queue';
import { sayAlive, sayGone } from '@/lib/store/workers';
import { shareDoors } from '@/lib/web/doors';
import { atRest } from '../ledger/state/at-rest';
import { slowBeatSeconds } from '../passes/next-look';
import type { Ports } from '../ports';
import { endDue } from '../requests/end-due';
import { followSchedules } from '../requests/schedule/follow';
import { Bell } from '../wait';
import { attend } from './session';
import { watchLeases } from './watch/leases';
import { watchProjects } from './watch/projects';

/** Deployments that one worker attends to at a time. Most of that time is waiting; nobody's many take the places of other people's few. */
const places: Places = { any: 10, first: 12, others: 10 };
const sweepSeconds = 60;
const beatSeconds = 10;

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
  const unlisten = await store.listen('wake', (deploymentId) => {
    bell.ring(deploymentId);
    store.queue.ring();
  });
  const endSharing = await shareSites(ports);
  if (store.kind === 'embedded') await store.queue.releaseOrphans();
  await store.queue.work(async (deploymentId, signal) => {
    const either = AbortSignal.any([signal, stopping.signal]);
    await attend(ports, deploymentId, either, bell.waiter(deploymentId, either));
  }, places);
  await sweep(ports, 0);
  const sweepAgain = () => void sweep(ports, slowBeatSeconds).catch((error: unknown) => ports.onFault(error, ''));
  const timer = setInterval(sweepAgain, sweepSeconds * 1000);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await unlisten();
      await endSharing();
      await store.queue.close();
    },
  };
}

// What all workers together may ask of a site is shared among those that live. A worker that comes is known to the others at their next beat.
async function shareSites({ store: { db, kind }, onFault }: Ports): Promise<() => Promise<void>> {
  const worker = newId('worker');
  const beat = async () => shareDoors(await sayAlive(db, worker));
  if (kind === 'embedded') await db.deleteFrom('workers').execute(); // no other worker can be
  await beat();
  const timer = setInterval(() => void beat().catch((error: unknown) => onFault(error, '')), beatSeconds * 1000);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await sayGone(db, worker);
  };
}

// Every deployment in which something may go on has an entry in the queue; where it has one, this changes nothing.
async function sweep(ports: Ports, after: number): Promise<void> {
  const { store } = ports;
  await endDue(ports);
  await followSchedules(ports);
  for (const watch of [watchLeases, watchProjects]) void watch(ports).catch((error: unknown) => ports.onFault(error, ''));
  const live = await store.db
    .selectFrom('deployments')
    .select('id')
    .where('deleted_at', 'is', null)
    .where(sql<boolean>`(state <> 'failed' or wanted <> 'deleted')`)
    .where('state', 'not in', atRest)
    .execute();
  const ids = live.map(({ id }) => id);
  await store.queue.ensure(ids, after);
}
