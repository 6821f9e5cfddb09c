/**
 * Milliseconds from one site to the next. To ask a site keeps this process busy for some 20 ms: asked all at once, forty would hold up the
 * first answer with the work for the last. Measured with `npm run bench sites sites-on-screen`: longer keeps the last waiting.
 */
const PACE_MS = 8;

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
