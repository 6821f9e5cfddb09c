import { AppError } from '@/lib/core/errors';
import { invalidInput, notFound } from '@/lib/core/problems';
import { emptied } from '@/lib/oscar/s3/emptied';
import type { ObjectStore } from '@/lib/oscar/s3/store';
import type { OscarBucket } from '@/lib/oscar/types';
import { whileAlone } from '../clusters/one-at-a-time';
import { openCluster, openStorage } from '../clusters/open';
import { mayBeDone } from '../may-be-done';
import type { WorkloadPorts } from '../types';

/** A bucket that one wants. */
interface NewBucket {
  name: string;
  visibility: 'private' | 'public';
}

/** The storage of a person's cluster. @param use for the audit */
export async function storageOf(ports: WorkloadPorts, userId: string, id: string, use: string): Promise<ObjectStore> {
  return await openStorage(ports, await openCluster(ports, userId, id, use));
}

/** The buckets that one may see, by name; what a release does not tell of them is empty. */
export async function listBuckets(ports: WorkloadPorts, userId: string, id: string): Promise<OscarBucket[]> {
  const open = await openCluster(ports, userId, id, 'list buckets');
  const found = open.client.abilities.buckets
    ? await open.client.buckets()
    : (await (await openStorage(ports, open)).buckets()).map((name) => ({
        name,
        visibility: '',
        owner: '',
        allowedUsers: [],
        service: null,
      }));
  return found.toSorted((one, other) => one.name.localeCompare(other.name));
}

/** Makes a bucket. A lost answer is followed by a look. @throws AppError `conflict` where there is one of that name; `invalid-input` for one that others are to see where OSCAR would say yes and do nothing */
export async function makeBucket(ports: WorkloadPorts, userId: string, id: string, wanted: NewBucket): Promise<void> {
  const open = await openCluster(ports, userId, id, 'make a bucket');
  if (wanted.visibility !== 'private' && !open.cluster.traits.sharesBuckets)
    throw invalidInput([
      {
        path: 'visibility',
        message: 'Only its owner sees it: OSCAR sets no other rights with the cluster’s own password, and none at all up to 3.5.',
      },
    ]);
  const storage = await openStorage(ports, open);
  if (await storage.hasBucket(wanted.name)) throw isThere(wanted.name);
  await whileAlone(ports, open.cluster, async () => {
    try {
      if (open.client.abilities.buckets) await open.client.createBucket(wanted);
      else await storage.createBucket(wanted.name);
    } catch (error) {
      if (!mayBeDone(error) || !(await storage.hasBucket(wanted.name))) throw error;
    }
  });
}

/**
 * Removes a bucket with all that is in it. One that came with a service goes with that. A lost answer is followed by a look.
 * @throws AppError `not-found`, `conflict`
 */
export async function removeBucket(ports: WorkloadPorts, userId: string, id: string, name: string): Promise<void> {
  const open = await openCluster(ports, userId, id, 'remove a bucket');
  const bucket = (await listBuckets(ports, userId, id)).find((each) => each.name === name);
  if (!bucket) throw notFound('bucket');
  if (bucket.service !== null) throw ofService(name, bucket.service);
  await whileAlone(ports, open.cluster, async () => {
    const storage = await openStorage(ports, open);
    try {
      if (open.client.abilities.buckets) return void (await open.client.deleteBucket(name));
      await emptied(storage, name);
      await storage.deleteBucket(name);
    } catch (error) {
      if (!mayBeDone(error) || (await storage.hasBucket(name))) throw error;
    }
  });
}

function isThere(name: string): AppError {
  const message = `There is a bucket “${name}” already; it may be somebody else’s.`;
  return new AppError({
    code: 'conflict',
    title: 'That bucket is there already',
    detail: message,
    remedy: 'Choose another name.',
    fields: [{ path: 'name', message }],
  });
}

function ofService(name: string, service: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `The bucket “${name}” belongs to a service`,
    detail: `It came with the service “${service}”, which reads and writes it.`,
    remedy: 'Remove the service: its buckets go with it. Or remove the files one by one.',
  });
}
