import type { FollowedPair, Why } from './types';

/** A cluster tells the times of its jobs in whole seconds. */
const WHOLE_SECOND_MS = 1000;

/**
 * Why a job left its origin: the origin hands on all that comes, the job waited as long as it may, or there was no room when it came. Pure.
 * @param job times are milliseconds since 1970; `waited`: it was seen to wait at its origin
 */
export function whyLeft(
  job: { submittedAt: number; cameAt: number; waited: boolean },
  { thresholdSeconds, drainedSince }: Pick<FollowedPair, 'thresholdSeconds' | 'drainedSince'>,
): Why {
  if (drainedSince !== null && job.cameAt >= drainedSince) return 'drain';
  const took = job.cameAt - job.submittedAt;
  return job.waited || took + WHOLE_SECOND_MS >= thresholdSeconds * 1000 ? 'wait' : 'no-room';
}
