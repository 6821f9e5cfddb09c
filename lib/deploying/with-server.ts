import { closeStore } from '@/lib/store';
import { startWorker, stopWorker } from './room';

/** Starts the worker inside the web server's process, unless TRANSAT_WORKER=0 says that others do the work. */
export async function startWithServer(): Promise<void> {
  if (process.env.TRANSAT_WORKER === '0' || process.env.NEXT_PHASE === 'phase-production-build') return;
  await startWorker();
  const stop = () => void stopWorker().then(closeStore);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
