import { openStorage } from '../clusters/open';
import { openToFollow } from '../clusters/open-to-follow';
import type { WorkloadPorts } from '../types';
import { fileIn, stemOf } from './file-in';
import type { PairAtWork } from './followed';
import type { Found } from './settle';
import type { LedgerJob } from './types';

const MOST_RESULTS = 50;

/** What of a storage is asked here. */
type Storage = Awaited<ReturnType<typeof openStorage>>;
export type Storages = (cluster: string) => Promise<Storage>;

/** Opens the storages of clusters, each once. */
export function storagesOf(ports: WorkloadPorts, userId: string): Storages {
  const open = new Map<string, Promise<Storage>>();
  return (cluster) => {
    const known = open.get(cluster) ?? openToFollow(ports, userId, cluster).then((one) => openStorage(ports, one));
    open.set(cluster, known);
    return known;
  };
}

/** Looks up what a job that has ended answered and wrote, on both sides. What can't be asked now is no error here. */
export async function lookUp(ports: WorkloadPorts, userId: string, storages: Storages, pair: PairAtWork, job: LedgerJob): Promise<Found> {
  let partly = false;
  const orNone = async <T>(work: Promise<T>, none: T): Promise<T> =>
    work.catch(() => {
      partly = true;
      return none;
    });
  const object = await orNone(objectOf(ports, userId, pair, job), null);
  const at = splitPlace(object ?? '');
  const head = async (cluster: string) => (object === null ? null : (await storages(cluster)).head(at.bucket, at.rest));
  const stem = stemOf(at.rest.split('/').at(-1) ?? '');
  const sides = job.crossed ? [pair.worker, pair.origin] : [job.ran];
  const wrote = async (cluster: string, path: string) => {
    const { bucket, rest } = splitPlace(path);
    const storage = await storages(cluster);
    const { objects } = await storage.list(bucket, `${rest}/${stem}`, { limit: MOST_RESULTS, deep: true });
    return { cluster, bucket, objects: objects.filter(({ key }) => `${bucket}/${key}` !== object) };
  };
  const paths =
    stem === ''
      ? []
      : [...new Set(pair.wish.output.filter(({ provider }) => provider.startsWith('minio')).map(({ path }) => trimmed(path)))];
  const [atOrigin, atWorker, ...results] = await Promise.all([
    orNone(head(pair.origin), null),
    job.crossed ? orNone(head(pair.worker), null) : null,
    ...sides.flatMap((cluster) => paths.map((path) => orNone(wrote(cluster, path), { cluster, bucket: '', objects: [] }))),
  ]);
  return { object, atOrigin, atWorker, results, partly };
}

/** The file that a job answers, by its log and where its service's files arrive. */
async function objectOf(ports: WorkloadPorts, userId: string, pair: PairAtWork, job: LedgerJob): Promise<string | null> {
  const last = job.seen.findLast(({ cluster }) => cluster === job.ran);
  if (!last) return job.object;
  const { client } = await openToFollow(ports, userId, job.ran);
  const name = fileIn((await client.jobLog(pair.service, last.name)) ?? '');
  if (name === null) return job.object;
  // what it was thought to be may be in a folder below
  if (job.object?.endsWith(`/${name}`)) return job.object;
  const input = pair.wish.input[0];
  return input ? `${trimmed(input.path)}/${name}` : null;
}

/** A path of a service: its bucket, and what comes after. Pure. */
export function splitPlace(path: string): { bucket: string; rest: string } {
  const [bucket = '', ...rest] = trimmed(path).split('/');
  return { bucket, rest: rest.join('/') };
}

const trimmed = (path: string) => path.replace(/^\/+|\/+$/g, '');
