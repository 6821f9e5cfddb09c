import type { OscarClient } from '@/lib/oscar/client';
import type { ObjectStore } from '@/lib/oscar/s3/store';
import type { Sight } from '../canary';
import { patiently } from './patiently';
import type { Both } from './sides';

/** A picture of 4 × 4 pixels: what most programs that are given files can open. */
const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR42mMQieqBIwbiOACPAw+h5O29dAAAAABJRU5ErkJggg==';

/** The file of a canary, with a name that nothing else has. Pure. */
export function canaryFile(now: number): { name: string; stem: string; bytes: Uint8Array } {
  const stem = `canary-${now.toString(36)}`;
  return { name: `${stem}.png`, stem, bytes: Buffer.from(picture, 'base64') };
}

/** Puts a file where a service was made just now: its MinIO may still be starting again. @throws AppError what it answered last */
export async function putPatiently(store: ObjectStore, bucket: string, key: string, bytes: Uint8Array): Promise<void> {
  const put = () => store.put(bucket, key, bytes, { bytes: bytes.byteLength, type: 'image/png' });
  await patiently(put, () => true);
}

/** What is to be seen of a canary now. What does not answer for a moment is not seen. */
export async function sightOf(
  open: Both,
  stores: { origin: ObjectStore; worker: ObjectStore },
  service: string,
  stem: string,
  at: number,
): Promise<Sight> {
  const [originJob, workerJob, originOutput, workerOutput] = await Promise.all([
    jobOf(open.origin.client, service),
    jobOf(open.worker.client, service),
    outputIn(stores.origin, service, stem),
    outputIn(stores.worker, service, stem),
  ]);
  return { at, originJob, workerJob, originOutput, workerOutput, originRestarts: null };
}

async function jobOf(client: OscarClient, service: string): Promise<Sight['originJob']> {
  const page = await client.jobs(service).catch(() => null);
  const [last] = (page?.jobs ?? []).toSorted((one, other) => (other.createdAt ?? '').localeCompare(one.createdAt ?? ''));
  return last ? { name: last.name, state: last.state } : null;
}

async function outputIn(store: ObjectStore, bucket: string, stem: string): Promise<Sight['originOutput']> {
  const page = await store.list(bucket, 'out/', { deep: true }).catch(() => null);
  const found = page?.objects.find(({ key }) => key.includes(stem));
  return found ? { etag: found.etag } : null;
}
