import type { Readable } from 'node:stream';
import { notFound } from '@/lib/core/problems';
import type { ObjectPage } from '@/lib/oscar/s3/store';
import { mayPut } from '../placing/rules';
import type { WorkloadPorts } from '../types';
import { storageOf } from './buckets';

const PAGE = 200;

/** A page of a folder of a bucket. @param from where the page before ended */
export async function listFiles(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  bucket: string,
  folder: string,
  from?: string,
): Promise<ObjectPage> {
  const storage = await storageOf(ports, userId, id, 'list files');
  const page = await storage.list(bucket, folder, { limit: PAGE, ...(from === undefined ? {} : { from }) });
  // what stands for the folder itself is no file
  return { ...page, objects: page.objects.filter(({ key }) => key !== folder) };
}

/** A file as it comes, and how many bytes that are. @throws AppError `not-found`, `conflict` where it was written anew just now */
export async function readFile(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  bucket: string,
  key: string,
  most?: number,
): Promise<{ bytes: number; body: Readable }> {
  const storage = await storageOf(ports, userId, id, 'read a file');
  const head = await storage.head(bucket, key);
  if (!head) throw notFound('file');
  // asked of the same file: of another one the length would not be that of its bytes
  return await storage.get(bucket, key, { etag: head.etag, ...(most !== undefined && head.bytes > most ? { end: most - 1 } : {}) });
}

/** Writes a file as its bytes come. @returns its ETag */
export async function writeFile(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  to: { bucket: string; key: string },
  file: { bytes: number; type?: string; body: Readable | Uint8Array; signal?: AbortSignal },
): Promise<string> {
  await mayPut(ports, userId, id, to, file.bytes);
  const storage = await storageOf(ports, userId, id, 'write a file');
  const { body, ...about } = file;
  return await storage.put(to.bucket, to.key, body, about);
}

/** Removes files; those that are not there count as removed. */
export async function removeFiles(ports: WorkloadPorts, userId: string, id: string, bucket: string, keys: string[]): Promise<void> {
  const storage = await storageOf(ports, userId, id, 'remove files');
  await storage.remove(bucket, keys);
}
