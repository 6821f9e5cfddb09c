import type { OscarJob } from '@/lib/oscar/types';
import type { KeptSighting } from '@/lib/store/rows/job';
import type { FollowedPair, LedgerJob } from './types';
import { whyLeft } from './why';

/** What one cluster said of the jobs of a pair's service. */
export interface Listing {
  cluster: string;
  jobs: readonly OscarJob[];
  /** names of all jobs that it has, where the list was read to its end; null: more pages follow */
  all: ReadonlySet<string> | null;
  /** milliseconds since 1970 */
  at: number;
}

const LONGEST_CROSSING_MS = 15 * 60_000;
const waiting: readonly string[] = ['Pending', 'Suspended', 'Crossing'];
const ended: readonly string[] = ['Succeeded', 'Failed'];

/**
 * The rows that a listing makes or changes: each job once, whatever clusters list it. From 4.1 on a job has one name on both sides. Before,
 * the worker's new job is the origin's that is gone or overdue, the one that waited longest first; what nothing at the origin explains left before it was
 * written down there. Where a listing shows a guess to be wrong, another is made. Pure.
 * @param rows those of the pair that are not settled, and those of the jobs listed
 * @param newId names a row
 */
export function merge(pair: FollowedPair, rows: readonly LedgerJob[], listing: Listing, newId: () => string): LedgerJob[] {
  const now = new Map(rows.map((row) => [row.id, row]));
  const put = (row: LedgerJob) => void now.set(row.id, row);
  const known = new Map(rows.flatMap((row) => row.seen.map((one) => [`${one.cluster} ${one.name}`, row.id])));
  for (const job of listing.jobs.toSorted((one, other) => timeOf(one, listing.at) - timeOf(other, listing.at))) {
    const row = now.get(known.get(`${listing.cluster} ${job.name}`) ?? '');
    const there = listing.cluster === pair.worker;
    if (row && isOther(pair, row, listing, job)) {
      put({ ...begun(pair, job, listing, newId), id: row.id });
      for (const one of matchedAnew(pair, row, [...now.values()], listing.at, newId)) put(one);
    } else if (row) put(row.settled ? row : seenAgain(row, listing.cluster, job));
    else put(there ? arrived(pair, [...now.values()], job, listing.at, newId) : begun(pair, job, listing, newId));
  }
  for (const row of now.values()) if (!row.settled) put(missed(pair, row, listing));
  const before = new Map(rows.map((row) => [row.id, row]));
  return [...now.values()].filter((row) => row !== before.get(row.id));
}

function begun(pair: FollowedPair, job: OscarJob, { cluster, at }: Listing, newId: () => string): LedgerJob {
  return {
    id: newId(),
    pair: pair.id,
    service: pair.service,
    origin: cluster,
    ran: cluster,
    state: job.state,
    crossed: false,
    why: null,
    object: null,
    submittedAt: timeOf(job, at),
    leftAt: null,
    cameAt: null,
    startedAt: moment(job.startedAt),
    finishedAt: moment(job.finishedAt),
    bytesOver: null,
    seen: [sighting(cluster, job)],
    results: [],
    settled: false,
  };
}

/** A job that the worker lists for the first time. */
function arrived(pair: FollowedPair, rows: LedgerJob[], job: OscarJob, at: number, newId: () => string): LedgerJob {
  const cameAt = timeOf(job, at);
  const before = rows
    .filter((row) => mayBeOf(pair, row, job.name, cameAt))
    .toSorted(
      (one, other) => Number(other.state === 'Crossing') - Number(one.state === 'Crossing') || one.submittedAt - other.submittedAt,
    )[0];
  const row = before ?? { ...begun(pair, job, { cluster: pair.origin, jobs: [], all: null, at }, newId), seen: [] };
  return {
    ...row,
    ran: pair.worker,
    state: job.state,
    crossed: true,
    why: whyLeft({ submittedAt: row.submittedAt, cameAt, waited: before !== undefined }, pair),
    leftAt: row.leftAt ?? cameAt,
    cameAt,
    startedAt: moment(job.startedAt),
    finishedAt: moment(job.finishedAt),
    seen: [...row.seen, sighting(pair.worker, job)],
  };
}

function mayBeOf(pair: FollowedPair, row: LedgerJob, name: string, cameAt: number): boolean {
  if (row.settled || row.crossed || row.ran !== pair.origin) return false;
  if (pair.keepsNames) return row.seen.some((one) => one.name === name);
  if (!waiting.includes(row.state) || row.submittedAt > cameAt + 1000) return false;
  return row.state === 'Crossing' || cameAt - row.submittedAt >= (pair.thresholdSeconds - 1) * 1000;
}

/** Whether a row was taken for a job that has not left its origin after all. */
function isOther(pair: FollowedPair, row: LedgerJob, { cluster }: Listing, job: OscarJob): boolean {
  return row.crossed && cluster === pair.origin && !pair.keepsNames && !waiting.includes(job.state);
}

/** The rows of all jobs that may have been taken for others where one was. @param wrong as it was thought to be */
function matchedAnew(pair: FollowedPair, wrong: LedgerJob, rows: LedgerJob[], at: number, newId: () => string): LedgerJob[] {
  const both = rows.filter((row) => row.crossed && !row.settled && row.seen.length > 1);
  const back = both.map((row) => backAt(pair, row));
  const found = new Map([...rows, ...back].map((row) => [row.id, row]));
  const there = [wrong, ...both].flatMap(({ seen }) => seen.filter(({ cluster }) => cluster === pair.worker));
  for (const one of there.toSorted((first, second) => timeOf(first, at) - timeOf(second, at))) {
    const row = arrived(pair, [...found.values()], one, at, newId);
    found.set(row.id, row);
  }
  return [...found.values()];
}

/** A row as it was before the worker's job was taken for it. */
function backAt(pair: FollowedPair, row: LedgerJob): LedgerJob {
  const seen = row.seen.filter(({ cluster }) => cluster === pair.origin);
  const none = { leftAt: null, cameAt: null, startedAt: null, finishedAt: null };
  return { ...row, ...none, ran: pair.origin, crossed: false, why: null, state: seen[0]?.state ?? 'Unknown', seen };
}

function seenAgain(row: LedgerJob, cluster: string, job: OscarJob): LedgerJob {
  const next = sighting(cluster, job);
  const same = row.seen.some((one) => JSON.stringify(one) === JSON.stringify(next));
  const back = row.state === 'Crossing' && cluster === row.ran;
  // of one that has crossed, what its origin still lists says nothing of how it is
  if ((same && !back) || cluster !== row.ran) return row;
  return {
    ...row,
    state: job.state,
    leftAt: back ? null : row.leftAt,
    startedAt: moment(job.startedAt) ?? row.startedAt,
    finishedAt: moment(job.finishedAt) ?? row.finishedAt,
    seen: row.seen.map((one) => (one.cluster === cluster && one.name === job.name ? next : one)),
  };
}

/** What it says of a row that a cluster that listed it once does not any more. */
function missed(pair: FollowedPair, row: LedgerJob, { cluster, all, at }: Listing): LedgerJob {
  if (row.state === 'Crossing' && row.leftAt !== null && at - row.leftAt > LONGEST_CROSSING_MS)
    return { ...row, state: 'Gone', settled: true };
  const here = row.seen.find((one) => one.cluster === cluster);
  if (!all || !here || cluster !== row.ran || all.has(here.name) || row.state === 'Crossing') return row;
  if (ended.includes(row.state)) return row;
  const left = cluster === pair.origin && waiting.includes(row.state);
  return left ? { ...row, state: 'Crossing', leftAt: at } : { ...row, state: 'Gone', settled: true };
}

const moment = (text: string | null) => (text === null ? null : Date.parse(text));
const timeOf = ({ createdAt }: OscarJob, otherwise: number) => moment(createdAt) ?? otherwise;
const sighting = (cluster: string, { name, state, createdAt, startedAt, finishedAt }: OscarJob): KeptSighting => ({
  cluster,
  name,
  state,
  createdAt,
  startedAt,
  finishedAt,
});
