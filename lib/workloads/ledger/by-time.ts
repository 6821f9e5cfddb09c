import type { StoredObject } from '@/lib/oscar/s3/store';
import type { LedgerJob } from './types';

/** A job begins as soon as its file is there; clusters tell the time in whole seconds. */
const MOST_APART_MS = 3_000;

/**
 * Which file each job answers, by when both came: known before a log tells it. Of several that would do, the nearest; each file once. Pure.
 * @param rows of one pair; those that have a file keep it
 * @param objects in the folder where its files arrive
 * @returns the rows that got one
 */
export function nameByTime(rows: readonly LedgerJob[], bucket: string, objects: readonly StoredObject[]): LedgerJob[] {
  const taken = new Set(rows.map(({ object }) => object));
  const near = rows
    .filter(({ object, settled }) => object === null && !settled)
    .flatMap((row) =>
      objects.flatMap(({ key, modifiedAt }) => {
        const apart = modifiedAt === null ? Number.POSITIVE_INFINITY : Math.abs(Date.parse(modifiedAt) - row.submittedAt);
        return apart <= MOST_APART_MS ? [{ row, object: `${bucket}/${key}`, apart }] : [];
      }),
    )
    .toSorted((one, other) => one.apart - other.apart || one.row.id.localeCompare(other.row.id));
  const named = new Map<string, LedgerJob>();
  for (const { row, object } of near) {
    if (taken.has(object) || named.has(row.id)) continue;
    taken.add(object);
    named.set(row.id, { ...row, object });
  }
  return [...named.values()];
}
