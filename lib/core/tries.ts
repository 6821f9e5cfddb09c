import { type Cache, cacheOf } from './cache';
import type { Clock } from './clock';
import { AppError } from './errors';

/** How often somebody may ask for something that costs much, or reaches out to addresses and accounts of others. */
export interface Limit {
  /** requests of the same name are counted together */
  name: string;
  most: number;
  seconds: number;
}

/** Of so many askers it is known at once how often they asked. */
const MOST_ASKERS = 10_000;

/** Counts tries over a window that slides, for this process alone and for as long as it lives. */
export class RecentTries {
  readonly #clock: Clock;
  /** moments of the tries, by who asked and the limit's name */
  readonly #moments: Cache<number[]>;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#moments = cacheOf(MOST_ASKERS, { clock });
  }

  /** @throws AppError `rate-limited` where as many were counted as may be */
  check(asker: string, limit: Limit): void {
    const [first, ...more] = this.#recent(asker, limit);
    if (first === undefined || more.length + 1 < limit.most) return;
    throw new TooManyTries(secondsUntil(first + limit.seconds * 1000, this.#clock.now().getTime()));
  }

  /** Counts one more, whatever the limit. */
  note(asker: string, limit: Limit): void {
    this.#moments.set(keyOf(asker, limit), [...this.#recent(asker, limit), this.#clock.now().getTime()]);
  }

  /** Takes the newest back: it was no try of the kind. */
  giveBack(asker: string, limit: Limit): void {
    this.#moments.set(keyOf(asker, limit), this.#recent(asker, limit).slice(0, -1));
  }

  /** Counts one more where it may be. Same errors as {@link check} */
  take(asker: string, limit: Limit): void {
    this.check(asker, limit);
    this.note(asker, limit);
  }

  #recent(asker: string, limit: Limit): number[] {
    const begin = this.#clock.now().getTime() - limit.seconds * 1000;
    return (this.#moments.get(keyOf(asker, limit)) ?? []).filter((moment) => moment > begin);
  }
}

const keyOf = (asker: string, { name }: Limit): string => JSON.stringify([asker, name]);

/** Whole seconds from now until a moment, 1 at least. Both in milliseconds. */
export const secondsUntil = (moment: number, now: number): number => Math.max(1, Math.ceil((moment - now) / 1000));

/** The problem for what was tried too often. */
export class TooManyTries extends AppError {
  /** seconds */
  readonly retryAfter: number;
  constructor(retryAfter: number) {
    super({
      code: 'rate-limited',
      title: 'This was tried too often',
      detail: 'This was asked so often for you in a short time that Transat does it no more now.',
      cause: 'It reaches servers of others, or takes much work, so there is a limit for one person, and for who has not signed in.',
      remedy: `Try again in ${retryAfter < 120 ? `${retryAfter} s` : `${Math.ceil(retryAfter / 60)} minutes`}.`,
    });
    this.retryAfter = retryAfter;
  }
}
