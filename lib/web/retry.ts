const MOST_ATTEMPTS = 3;
const LONGEST_WAIT_MS = 60_000;
const FIRST_WAIT_MS = 250;
const AGAIN = new Set([429, 502, 503, 504]);

/** What came of one attempt: an answer's status, or a failure to get one. */
export type Outcome = { status: number; retryAfter?: string } | { failed: 'not-sent' | 'cut-off' };

/**
 * Decides whether an attempt is repeated, and when.
 * @param repeatable the request can be sent twice without harm (GET, HEAD, a sign-in)
 * @param attempt the number of attempts made so far, from 1
 * @param now for a Retry-After that is a date
 * @param random from 0 to 1: the jitter
 * @returns milliseconds to wait before the next attempt, or null: give up. A wait of more than a minute is never made.
 */
export function waitBeforeRetry(outcome: Outcome, repeatable: boolean, attempt: number, now: Date, random: number): number | null {
  if (!repeatable || attempt >= MOST_ATTEMPTS) return null;
  const jitter = FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + random / 2);
  if ('failed' in outcome) return jitter;
  if (!AGAIN.has(outcome.status)) return null;
  const asked = retryAfterMs(outcome.retryAfter, now);
  if (asked === undefined) return jitter;
  return asked > LONGEST_WAIT_MS ? null : Math.max(asked, jitter);
}

/**
 * Reads a Retry-After header (RFC 9110, 10.2.3): seconds or a date.
 * @returns milliseconds from `now`, not below 0; undefined when there is none that can be read
 */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}
