/** Least seconds between two looks at a cluster. */
export const LEAST_BEAT_SECONDS = 0.6;

/** In how many seconds an errand asks the clusters again, the less often the less happens; while somebody watches, their screen asks before. Pure. */
export function nextBeat(now: { watched: boolean; moving: boolean; silent: boolean }): number {
  if (now.silent) return now.watched ? 5 : 60;
  if (now.watched) return 2;
  return now.moving ? 5 : 30;
}
