import { LARGE_BYTES, missingParts, partsOf } from './parts';
import type { ObjectStore } from './store';

/** A file that is to be sent; its bytes can be asked for again and again, in any order. */
export interface Source {
  bytes: number;
  type?: string;
  /** the end is not one of them */
  read(start: number, end: number): Promise<Uint8Array>;
}

export interface UploadOptions {
  bucket: string;
  key: string;
  /** told after each piece that has arrived, those of an earlier try included */
  onProgress?: (sent: number, total: number) => void;
  signal?: AbortSignal;
}

/**
 * Sends a file. A large one goes in parts: where an upload of it was cut off before, only what is missing is sent. Parts that were sent stay in the
 * storage when this one is cut off, too.
 * @returns the file's ETag
 * @throws AppError; the signal's reason
 */
export async function upload(store: ObjectStore, source: Source, options: UploadOptions): Promise<string> {
  const { bucket, key, signal, onProgress } = options;
  if (source.bytes < LARGE_BYTES) {
    const body = await source.read(0, source.bytes);
    const etag = await store.put(bucket, key, body, { bytes: source.bytes, type: source.type, signal });
    onProgress?.(source.bytes, source.bytes);
    return etag;
  }
  const id = (await store.openUpload(bucket, key)) ?? (await store.beginUpload(bucket, key, source.type));
  const parts = partsOf(source.bytes);
  const missing = missingParts(parts, await store.storedParts(bucket, key, id));
  let sent = source.bytes - missing.reduce((sum, { start, end }) => sum + end - start, 0);
  onProgress?.(sent, source.bytes);
  for (const { number, start, end } of missing) {
    signal?.throwIfAborted();
    await store.putPart(bucket, key, id, { number, body: await source.read(start, end), bytes: end - start, signal });
    sent += end - start;
    onProgress?.(sent, source.bytes);
  }
  const stored = await store.storedParts(bucket, key, id);
  return store.completeUpload(
    bucket,
    key,
    id,
    stored.filter(({ number }) => number <= parts.length),
  );
}
