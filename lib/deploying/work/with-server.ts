import { loadVerbs } from '@/lib/openstack';
import { closeStore } from '@/lib/store';
import { startWorker, stopWorker } from './room';

const LOAD_MS = 1500;

/** Starts the worker inside the web server's process, unless TRANSAT_WORKER=0 says that others do the work. */
export async function startWithServer(): Promise<void> {
  if (process.env.NEXT_PHASE === 'phase-production-build') return;
  // half a second of reading files, at a moment when nobody waits for it
  setTimeout(loadVerbs, LOAD_MS).unref();
  if (process.env.TRANSAT_WORKER === '0') return;
  await startWorker();
  const stop = () => void stopWorker().then(closeStore);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
