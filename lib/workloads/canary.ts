/** Where a canary is on its way: put into the origin, crossed, run, and come back. */
export type CanaryState = 'put' | 'waiting' | 'crossed' | 'running' | 'written-there' | 'verified' | 'failed';

/** Why a canary failed: a key of the texts of the screens. */
export type CanaryFailure =
  | 'never-seen'
  | 'not-handed-on'
  | 'manager-crashed'
  | 'job-failed'
  | 'no-output'
  | 'origin-output-missing'
  | 'worker-output-missing'
  | 'stuck';

/** What was looked at in one beat. Times are milliseconds since 1970; null: not seen. */
export interface Sight {
  at: number;
  originJob: { name: string; state: string } | null;
  workerJob: { name: string; state: string } | null;
  workerOutput: { etag: string } | null;
  originOutput: { etag: string } | null;
  /** restarts of the origin's manager since the canary was put; null: not known */
  originRestarts: number | null;
}

export interface Canary {
  state: CanaryState;
  putAt: number;
  /** when each state began */
  reached: Partial<Record<CanaryState, number>>;
  /** what proves it: names of jobs, ETags */
  evidence: Record<string, string>;
  failure: CanaryFailure | null;
  /** whether the worker writes a copy of its own */
  expectsCopy: boolean;
  thresholdSeconds: number;
}

const SEEN_WITHIN_MS = 20_000;
const INTERVAL_MS = 15_000;
const OUTPUT_GRACE_MS = 15_000;
const STUCK_AFTER_MS = 600_000;

/** A canary whose file has just arrived in the origin's bucket. */
export function newCanary(putAt: number, thresholdSeconds: number, expectsCopy: boolean): Canary {
  return { state: 'put', putAt, reached: { put: putAt }, evidence: {}, failure: null, expectsCopy, thresholdSeconds };
}

/**
 * The canary after one more look. It may pass over states: a job that is handed on when it is submitted is never seen at the origin. Where a deadline
 * has passed, the failure says what is most likely wrong.
 */
export function advance(canary: Canary, sight: Sight): Canary {
  if (canary.state === 'verified' || canary.state === 'failed') return canary;
  const evidence = { ...canary.evidence, ...evidenceOf(sight) };
  const state = furthest(canary, sight);
  const reached = canary.reached[state] === undefined ? { ...canary.reached, [state]: sight.at } : canary.reached;
  const next: Canary = { ...canary, state, reached, evidence };
  const failure = state === 'verified' ? null : failureOf(next, sight);
  return failure ? { ...next, state: 'failed', failure, reached: { ...reached, failed: sight.at } } : next;
}

/** How long each hop took, in milliseconds; only those that were made. */
export function hops({ reached }: Pick<Canary, 'reached'>): { from: CanaryState; to: CanaryState; ms: number }[] {
  const order: CanaryState[] = ['put', 'waiting', 'crossed', 'running', 'written-there', 'verified'];
  const seen = order.filter((state) => reached[state] !== undefined);
  return seen.slice(1).map((to, index) => {
    const from = seen[index] ?? 'put';
    return { from, to, ms: (reached[to] ?? 0) - (reached[from] ?? 0) };
  });
}

function furthest(canary: Canary, sight: Sight): CanaryState {
  const order: CanaryState[] = ['put', 'waiting', 'crossed', 'running', 'written-there', 'verified'];
  const copied = !canary.expectsCopy || sight.workerOutput !== null;
  const now: CanaryState =
    sight.originOutput && copied && (sight.workerJob || canary.evidence.workerJob)
      ? 'verified'
      : sight.workerOutput
        ? 'written-there'
        : sight.workerJob && sight.workerJob.state !== 'Pending' && sight.workerJob.state !== 'Suspended'
          ? 'running'
          : sight.workerJob
            ? 'crossed'
            : sight.originJob
              ? 'waiting'
              : 'put';
  return order.indexOf(now) > order.indexOf(canary.state) ? now : canary.state;
}

function failureOf(canary: Canary, sight: Sight): CanaryFailure | null {
  const since = (state: CanaryState) => sight.at - (canary.reached[state] ?? sight.at);
  if (sight.originRestarts !== null && sight.originRestarts > 0) return 'manager-crashed';
  if (sight.workerJob?.state === 'Failed') return 'job-failed';
  if (canary.state === 'put' && since('put') > SEEN_WITHIN_MS) return 'never-seen';
  // it stayed: the origin itself ran it, or never looked for another cluster
  const stayed = sight.originJob && sight.originJob.state !== 'Pending' && sight.originJob.state !== 'Suspended';
  if (canary.state === 'waiting' && (stayed || since('put') > canary.thresholdSeconds * 1000 + 2 * INTERVAL_MS + SEEN_WITHIN_MS))
    return 'not-handed-on';
  if (sight.workerJob?.state === 'Succeeded' && since('running') > OUTPUT_GRACE_MS) {
    const [there, here] = [sight.workerOutput !== null, sight.originOutput !== null];
    if (!there && !here) return 'no-output';
    return here ? 'worker-output-missing' : 'origin-output-missing';
  }
  return since('put') > STUCK_AFTER_MS + canary.thresholdSeconds * 1000 ? 'stuck' : null;
}

function evidenceOf(sight: Sight): Record<string, string> {
  const found: [string, string | undefined][] = [
    ['originJob', sight.originJob?.name],
    ['workerJob', sight.workerJob?.name],
    ['workerOutput', sight.workerOutput?.etag],
    ['originOutput', sight.originOutput?.etag],
  ];
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
