/** Least seconds between two looks at a cluster. */
export const LEAST_BEAT_SECONDS = 0.9;

/** In how many seconds the clusters are asked again: soon while somebody watches, the less often the less happens. Pure. */
export function nextBeat(now: { watched: boolean; moving: boolean; silent: boolean }): number {
  if (now.silent) return now.watched ? 5 : 60;
  if (now.watched) return 1;
  return now.moving ? 5 : 30;
}
