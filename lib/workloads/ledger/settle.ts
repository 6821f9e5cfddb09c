import type { StoredObject } from '@/lib/oscar/s3/store';
import type { KeptResult } from '@/lib/store/rows/job';
import type { FollowedPair, LedgerJob } from './types';
import { whyLeft } from './why';

/** What was found of a job that has ended. Null: there is no such file. */
export interface Found {
  /** `bucket/key` of the file that it answers; null: its log names none */
  object: string | null;
  /** that file in either storage */
  atOrigin: { bytes: number; modifiedAt: string | null } | null;
  atWorker: { bytes: number; modifiedAt: string | null } | null;
  /** what the service writes under that file's name, in each storage */
  results: readonly { cluster: string; bucket: string; objects: readonly StoredObject[] }[];
  /** some of it could not be asked just now */
  partly: boolean;
}

/** Results are written a moment after a job has ended, to the far side last. */
const GRACE_MS = 30_000;
/** A side that can't be asked may come back: what only it knows is waited for so long. */
export const PATIENCE_MS = 15 * 60_000;
/** Clocks of clusters may be that far apart. */
const SKEW_MS = 2_000;

/**
 * A job that has ended, with what was found of it: which file it was for, since when that was there, its results on both sides, and what of all that
 * crossed the ocean. It is settled as soon as nothing more is to come, and not while it only could not be asked. Pure.
 * @param now milliseconds since 1970
 */
export function settle(job: LedgerJob, found: Found, pair: FollowedPair, now: number): LedgerJob {
  const byHand = job.crossed && found.object !== null && !found.atOrigin && found.atWorker !== null && !found.partly;
  const placed = byHand ? broughtByHand(job) : sinceItsFile(job, found, pair);
  const results = resultsOf(job, found);
  const read = placed.crossed ? (found.atOrigin?.bytes ?? 0) : 0;
  const back = placed.crossed ? results.filter(({ cluster }) => cluster === pair.origin).reduce((sum, { bytes }) => sum + bytes, 0) : 0;
  const sides = new Set(results.map(({ cluster }) => cluster));
  const whole = job.state === 'Succeeded' && !found.partly && (placed.crossed ? sides.size === 2 : sides.size > 0);
  const settled = whole || now - endOf(job) > (found.partly ? PATIENCE_MS : GRACE_MS);
  return {
    ...placed,
    object: found.object ?? placed.object,
    results,
    bytesOver: found.object === null ? job.bytesOver : read + back,
    settled,
  };
}

/** When a job ended; of one that ended without saying when, such as one that was evicted, the last that is known of it. */
export const endOf = ({ finishedAt, startedAt, submittedAt }: LedgerJob) => finishedAt ?? startedAt ?? submittedAt;

function broughtByHand(job: LedgerJob): LedgerJob {
  return { ...job, origin: job.ran, crossed: false, why: 'person', leftAt: null, submittedAt: job.cameAt ?? job.submittedAt };
}

/** When a job was submitted is when its file arrived, where its origin never wrote it down. */
function sinceItsFile(job: LedgerJob, { atOrigin }: Found, pair: FollowedPair): LedgerJob {
  const arrived = atOrigin?.modifiedAt ? Date.parse(atOrigin.modifiedAt) : null;
  if (!job.crossed || arrived === null || job.cameAt === null || arrived > job.cameAt + SKEW_MS) return job;
  // of one that its origin was seen to keep waiting, that is known already
  if (job.seen.some(({ cluster }) => cluster === pair.origin)) return job;
  return { ...job, submittedAt: arrived, why: whyLeft({ submittedAt: arrived, cameAt: job.cameAt, waited: false }, pair) };
}

function resultsOf({ startedAt, submittedAt }: LedgerJob, { results }: Found): KeptResult[] {
  const since = (startedAt ?? submittedAt) - SKEW_MS;
  return results.flatMap(({ cluster, bucket, objects }) =>
    objects
      .filter(({ modifiedAt }) => modifiedAt === null || Date.parse(modifiedAt) >= since)
      .map(({ key, bytes, etag }) => ({ cluster, bucket, key, bytes, etag })),
  );
}
