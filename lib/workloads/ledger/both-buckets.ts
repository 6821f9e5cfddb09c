import { AppError, type Problem } from '@/lib/core/errors';
import { notFound } from '@/lib/core/problems';
import { openCluster, openStorage } from '../clusters/open';
import { needPair } from '../pairs/rows';
import type { WorkloadPorts } from '../types';
import { type ComparedObject, compareObjects } from './compare';
import { splitPlace } from './look-up';

const MOST = 200;

/** The results of a pair on both sides; where one could not be asked, `problem` says why, and nothing is compared. */
interface BothBuckets {
  bucket: string;
  folder: string;
  objects: ComparedObject[];
  /** there are more than are shown */
  more: boolean;
  problems: { side: 'origin' | 'worker'; problem: Problem }[];
}

/** Compares what a pair has written on both sides, object by object. @throws AppError `not-found` */
export async function compareResults(ports: WorkloadPorts, userId: string, pair: string): Promise<BothBuckets[]> {
  const row = await needPair(ports, userId, pair);
  const ids = { origin: row.origin_id, worker: row.worker_id };
  const places = [...new Set(row.wish.output.filter(({ provider }) => provider.startsWith('minio')).map(({ path }) => path))].map(
    splitPlace,
  );
  return await Promise.all(
    places.map(async ({ bucket, rest }) => {
      const problems: BothBuckets['problems'] = [];
      const list = async (side: 'origin' | 'worker') => {
        try {
          const id = ids[side];
          // it went with its deployment
          if (id === null) throw notFound('cluster');
          const storage = await openStorage(ports, await openCluster(ports, userId, id, 'compare results'));
          return await storage.list(bucket, rest === '' ? '' : `${rest}/`, { deep: true });
        } catch (error) {
          problems.push({ side, problem: AppError.from(error).toProblem() });
          return { objects: [], next: null };
        }
      };
      const [origin, worker] = await Promise.all([list('origin'), list('worker')]);
      // a folder that somebody made is no file
      const files = (objects: typeof origin.objects) => objects.filter(({ key }) => !key.endsWith('/'));
      const all = problems.length > 0 ? [] : compareObjects(files(origin.objects), files(worker.objects));
      const more = all.length > MOST || origin.next !== null || worker.next !== null;
      return { bucket, folder: rest, objects: all.slice(0, MOST), more, problems };
    }),
  );
}
