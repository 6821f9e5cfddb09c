import type { Readable } from 'node:stream';
import { AppError } from '@/lib/core/errors';
import { notFound } from '@/lib/core/problems';
import { missingParts, type Part, partsOf } from '@/lib/oscar/s3/parts';
import type { ObjectStore } from '@/lib/oscar/s3/store';
import { mayPut } from '../placing/rules';
import type { WorkloadPorts } from '../types';
import { storageOf } from './buckets';

/** Where a file goes, and how large it is. */
interface LargeFile {
  bucket: string;
  key: string;
  bytes: number;
}

/** An upload in parts: which there are, and which are still to be sent. */
interface LargeUpload {
  upload: string;
  parts: number;
  missing: Part[];
}

/**
 * Begins to write a file in parts, or goes on with what was cut off.
 * @param given.upload what was begun before; where the storage knows it no more, a new one is begun
 * @throws AppError `conflict` where a rule keeps it away: nothing is sent then
 */
export async function beginLarge(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  { bucket, key, bytes }: LargeFile,
  given: { upload?: string; type?: string },
): Promise<LargeUpload> {
  await mayPut(ports, userId, id, { bucket, key }, bytes);
  const storage = await storageOf(ports, userId, id, 'write a file');
  const parts = partsOf(bytes);
  const stored = given.upload ? await partsThere(storage, bucket, key, given.upload) : null;
  if (given.upload && stored) return { upload: given.upload, parts: parts.length, missing: missingParts(parts, stored) };
  return { upload: await storage.beginUpload(bucket, key, given.type), parts: parts.length, missing: parts };
}

/** Takes one part as its bytes come. @throws AppError `not-found` where there is no such part; as {@link beginLarge} */
export async function putLarge(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  { bucket, key, bytes }: LargeFile,
  part: { upload: string; number: number; body: Readable | Uint8Array; length: number; signal?: AbortSignal },
): Promise<void> {
  await mayPut(ports, userId, id, { bucket, key }, bytes);
  const wanted = partsOf(bytes)[part.number - 1];
  if (!wanted) throw notFound('part');
  if (wanted.end - wanted.start !== part.length) throw otherLength(wanted, part.length);
  const storage = await storageOf(ports, userId, id, 'write a file');
  const { number, body, length, signal } = part;
  await storage.putPart(bucket, key, part.upload, { number, body, bytes: length, signal });
}

/** Makes the file of its parts. @returns its ETag. @throws AppError `conflict` where parts are missing */
export async function endLarge(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  { bucket, key, bytes }: LargeFile,
  upload: string,
): Promise<string> {
  await mayPut(ports, userId, id, { bucket, key }, bytes);
  const storage = await storageOf(ports, userId, id, 'write a file');
  const parts = partsOf(bytes);
  const stored = await partsThere(storage, bucket, key, upload);
  if (!stored) return await writtenAlready(storage, bucket, key, bytes);
  const missing = missingParts(parts, stored);
  if (missing.length > 0) throw notWhole(missing.length);
  return await storage.completeUpload(
    bucket,
    key,
    upload,
    stored.filter(({ number }) => number <= parts.length),
  );
}

/** Gives up an upload; one that is gone counts as given up. */
export async function dropLarge(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  { bucket, key }: Pick<LargeFile, 'bucket' | 'key'>,
  upload: string,
): Promise<void> {
  const storage = await storageOf(ports, userId, id, 'write a file');
  if (await partsThere(storage, bucket, key, upload)) await storage.abortUpload(bucket, key, upload);
}

/** The parts that a storage has of an upload; null: it knows none of that name. */
async function partsThere(storage: ObjectStore, bucket: string, key: string, upload: string) {
  return await storage.storedParts(bucket, key, upload).catch((error: unknown) => {
    if (AppError.from(error).upstream?.status === 404) return null;
    throw error;
  });
}

/** That a file was made of its parts may have been answered into nothing. */
async function writtenAlready(storage: ObjectStore, bucket: string, key: string, bytes: number): Promise<string> {
  const there = await storage.head(bucket, key);
  if (there?.bytes === bytes) return there.etag;
  throw new AppError({
    code: 'conflict',
    title: 'The storage knows nothing of this upload any more',
    detail: 'Uploads that nobody goes on with are forgotten by the storage after a while.',
    remedy: 'Send the file again.',
  });
}

function otherLength({ start, end }: Part, length: number): AppError {
  return new AppError({
    code: 'bad-request',
    title: 'The part has another length',
    detail: `It has ${length} bytes, and should have ${end - start}.`,
    remedy: 'Send exactly the bytes that the beginning of the upload named.',
  });
}

function notWhole(missing: number): AppError {
  return new AppError({
    code: 'conflict',
    title: 'The file is not whole yet',
    detail: `${missing} of its parts have not arrived.`,
    remedy: 'Go on with the upload, then end it.',
  });
}
