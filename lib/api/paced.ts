/**
 * About as long as asking one site keeps this process busy, in milliseconds. Asked all at once, forty sites would hold up the first answer
 * with the work for the last.
 */
const PACE_MS = 18;

/** @returns what a caller waits for before it asks a site: nothing, or until a moment after the caller before */
export function paced(): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = performance.now();
    const at = Math.max(now, next);
    next = at + PACE_MS;
    if (at > now) await new Promise((resolve) => setTimeout(resolve, at - now));
  };
}
