import { endTracing, startTracing } from '@/lib/core/tracing';
import { startWorker, stopWorker } from '@/lib/deploying/work/room';
import { startErrands } from '@/lib/keeping/errands';
import { closeStore } from '@/lib/store';
import { reasonOf } from '../lib/reason';

// A process that does nothing but work on deployments, beside a web process on the same PostgreSQL.
if (!process.env.DATABASE_URL) {
  console.error('A worker of its own needs DATABASE_URL: the embedded database belongs to the web process, which works by itself.');
  process.exit(1);
}
try {
  await startTracing('worker', process.env);
  await startWorker();
  startErrands();
  console.log(`Transat: worker ${process.pid} is at work. Stop with Ctrl-C.`);
  const stop = () =>
    void stopWorker()
      .then(closeStore)
      .then(endTracing)
      .then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  console.error(`Transat: the worker could not start. ${reasonOf(error)}`);
  process.exit(1);
}
