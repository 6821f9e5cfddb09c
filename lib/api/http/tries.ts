import type { Clock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';

/** How often one person may ask for something that reaches out to addresses and accounts of others. */
export interface Limit {
  /** requests of the same name are counted together */
  name: string;
  most: number;
  seconds: number;
}

/** So many people are remembered before those whose time is over are forgotten. */
const TIDY_AT = 1000;

/**
 * Counts what people try, in this process, over a window that slides: a program can't search hosts for open ports or guess passwords
 * by Transat.
 */
export class Tries {
  readonly #clock: Clock;
  readonly #taken = new Map<string, { at: number[]; until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one more. @throws AppError `rate-limited`, with when to try again */
  take(userId: string, { name, most, seconds }: Limit): void {
    const now = this.#clock.now().getTime();
    const key = `${name} ${userId}`;
    const recent = (this.#taken.get(key)?.at ?? []).filter((at) => at > now - seconds * 1000);
    const first = recent[0];
    if (recent.length >= most && first !== undefined) throw new TooManyTries(Math.ceil((first + seconds * 1000 - now) / 1000));
    if (this.#taken.size >= TIDY_AT) for (const [old, { until }] of this.#taken) if (until <= now) this.#taken.delete(old);
    this.#taken.set(key, { at: [...recent, now], until: now + seconds * 1000 });
  }
}

/** The problem for what was tried too often. */
export class TooManyTries extends AppError {
  /** seconds */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super({
      code: 'rate-limited',
      title: 'This was tried too often',
      detail: 'So many addresses or credentials were tried for you in a short time that Transat tries no more now.',
      cause: 'Each try reaches a server of somebody, so there is a limit for one person.',
      remedy: `Try again in ${retryAfter < 120 ? `${retryAfter} s` : `${Math.ceil(retryAfter / 60)} minutes`}.`,
    });
    this.retryAfter = retryAfter;
  }
}
