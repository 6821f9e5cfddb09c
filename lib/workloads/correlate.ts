import type { OscarJob } from '@/lib/oscar/types';

/** A job as one cluster lists it. */
export interface SeenJob {
  cluster: string;
  service: string;
  job: OscarJob;
  /** the object whose arrival it answers (`bucket/key`), where its log or event told; null: not known */
  object: string | null;
}

/** A row of the ledger: one job over all clusters. */
export interface LedgerJob {
  /** the job's name where it was seen first */
  id: string;
  service: string;
  submittedAt: string | null;
  /** the cluster it was given to; null: it was handed on before anything was written down there */
  origin: string | null;
  /** the cluster where it ran, or will */
  ranAt: string;
  crossed: boolean;
  state: OscarJob['state'];
  object: string | null;
  /** every listing that is of this job, the first one first */
  seen: { cluster: string; name: string; state: OscarJob['state'] }[];
}

/** Which clusters may give a service's jobs to which: `us` takes from `eu`. */
export type Crossings = Record<string, { from: string; keepsNames: boolean }>;

const LONGEST_CROSSING_MS = 24 * 3600_000;

/**
 * One row a job over all clusters. From 4.1 on a job keeps its name when it crosses; before, it is known by the object that it answers: the worker's
 * job for the same object that came next after the origin's. A job at a worker that nothing at the origin explains left before it was written
 * down there, if it is a worker's of some origin.
 */
export function correlate(jobs: SeenJob[], crossings: Crossings): LedgerJob[] {
  const left = new Set(jobs.toSorted((one, other) => timeOf(one) - timeOf(other)));
  const rows: LedgerJob[] = [];
  for (const first of left) {
    if (!left.has(first) || crossings[first.cluster]) continue;
    left.delete(first);
    const second = [...left].find((other) => continues(first, other, crossings[other.cluster]));
    if (second) left.delete(second);
    rows.push(rowOf(second ? [first, second] : [first], first.cluster));
  }
  // what is left ran at a worker and is known there only
  for (const alone of left) {
    const from = crossings[alone.cluster]?.from ?? null;
    rows.push({ ...rowOf([alone], from), crossed: from !== null });
  }
  return rows.toSorted((one, other) => (one.submittedAt ?? '').localeCompare(other.submittedAt ?? '') || one.id.localeCompare(other.id));
}

function continues(first: SeenJob, other: SeenJob, crossing: Crossings[string] | undefined): boolean {
  if (!crossing || crossing.from !== first.cluster || other.service !== first.service) return false;
  if (crossing.keepsNames) return other.job.name === first.job.name;
  const later = timeOf(other) - timeOf(first);
  return first.object !== null && other.object === first.object && later >= 0 && later < LONGEST_CROSSING_MS;
}

function rowOf(seen: [SeenJob, ...SeenJob[]], origin: string | null): LedgerJob {
  const [first] = seen;
  const last = seen.at(-1) ?? first;
  return {
    id: first.job.name,
    service: first.service,
    submittedAt: first.job.createdAt,
    origin,
    ranAt: last.cluster,
    crossed: seen.length > 1,
    state: last.job.state,
    object: first.object ?? last.object,
    seen: seen.map(({ cluster, job }) => ({ cluster, name: job.name, state: job.state })),
  };
}

const timeOf = ({ job }: SeenJob) => (job.createdAt === null ? 0 : Date.parse(job.createdAt));

/** The object (`bucket/key`) that an event names, also one that another cluster passed on; null where it names none. */
export function objectIn(event: string): string | null {
  try {
    const body: unknown = JSON.parse(event);
    if (typeof body !== 'object' || body === null) return null;
    const [key, inner]: unknown[] = [Reflect.get(body, 'Key'), Reflect.get(body, 'event')];
    if (typeof key === 'string') return key;
    return typeof inner === 'string' ? objectIn(inner) : null;
  } catch {
    return null;
  }
}
