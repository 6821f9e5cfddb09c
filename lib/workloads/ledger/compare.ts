import type { StoredObject } from '@/lib/oscar/s3/store';

/** One object as both buckets have it; null: it is not there. */
export interface ComparedObject {
  key: string;
  origin: { bytes: number; etag: string; modifiedAt: string | null } | null;
  worker: { bytes: number; etag: string; modifiedAt: string | null } | null;
  is: 'same' | 'different' | 'origin-only' | 'worker-only';
}

/** Two buckets beside each other, object by object, those written last first. Of equal ETags the bytes are the same. Pure. */
export function compareObjects(origin: readonly StoredObject[], worker: readonly StoredObject[]): ComparedObject[] {
  const there = new Map(worker.map((object) => [object.key, object]));
  const keys = [...new Set([...origin, ...worker].map(({ key }) => key))];
  const here = new Map(origin.map((object) => [object.key, object]));
  return keys
    .map((key): ComparedObject => {
      const [one, other] = [shown(here.get(key)), shown(there.get(key))];
      const is = one === null ? 'worker-only' : other === null ? 'origin-only' : one.etag === other.etag ? 'same' : 'different';
      return { key, origin: one, worker: other, is };
    })
    .toSorted((one, other) => lastOf(other).localeCompare(lastOf(one)) || one.key.localeCompare(other.key));
}

function shown(object: StoredObject | undefined) {
  return object ? { bytes: object.bytes, etag: object.etag, modifiedAt: object.modifiedAt } : null;
}

const lastOf = ({ origin, worker }: ComparedObject) => [origin?.modifiedAt ?? '', worker?.modifiedAt ?? ''].toSorted()[1] ?? '';
