import { AppError } from '@/lib/core/errors';
import type { ObjectStore } from './store';

/**
 * Removes all that is in a bucket.
 * @throws AppError where the storage keeps a file, or lists one that it says it removed
 */
export async function emptied(storage: Pick<ObjectStore, 'list' | 'remove'>, bucket: string): Promise<void> {
  for (let last: string | undefined; ; ) {
    const { objects, next } = await storage.list(bucket, '', { deep: true });
    const [first] = objects;
    // said to be removed, and there all the same: it would never end
    if (first && first.key === last) throw keepsFiles(bucket, first.key);
    last = first?.key;
    await storage.remove(
      bucket,
      objects.map(({ key }) => key),
    );
    if (next === null) return;
  }
}

function keepsFiles(bucket: string, key: string): AppError {
  return new AppError({
    code: 'upstream-failed',
    title: `The storage keeps files of “${bucket}”`,
    detail: `It says that “${key}” is removed, and lists it still. The bucket stays.`,
    remedy: 'Try again in a minute. If it stays, tell the cluster’s operator.',
  });
}
