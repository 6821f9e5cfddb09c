import { cacheOf } from '@/lib/core/cache';
import type { Clock } from '@/lib/core/clock';
import type { Token } from './token';

/** A token is used until this long before its end, so that a call made with it can still be carried out. */
const MARGIN_MS = 2 * 60_000;
const MOST_TOKENS = 2_000;
/** Who asks when a fetch has taken longer than this does not join it: it may hang, and the next may not. */
const JOIN_MS = 4_000;

interface Entry {
  since: number;
  promise: Promise<Token>;
  token?: Token;
}

/**
 * Tokens in memory, never on disk. Who asks while a token is being fetched waits for the same one, unless that takes
 * suspiciously long; a failure is kept for nobody.
 */
export class TokenCache {
  readonly #clock: Clock;
  readonly #entries = cacheOf<Entry>(MOST_TOKENS);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The token kept under `key`, or a new one by `make`. */
  get(key: string, make: () => Promise<Token>): Promise<Token> {
    const known = this.#entries.get(key);
    const now = this.#clock.now().getTime();
    if (known && (known.token ? this.lasts(known.token) : now - known.since < JOIN_MS)) return known.promise;
    const entry: Entry = { since: now, promise: make() };
    this.#entries.set(key, entry);
    entry.promise.then(
      (token) => {
        entry.token = token;
      },
      () => this.#remove(key, entry),
    );
    return entry.promise;
  }

  /** Forgets a token that a service refused; a newer one under the same key stays. */
  drop(token: Token): void {
    for (const [key, entry] of Array.from(this.#entries.entries())) {
      if (entry.token === token) this.#remove(key, entry);
    }
  }

  /** Whether a token can still be used. */
  lasts(token: Token): boolean {
    return token.expiresAt.getTime() - this.#clock.now().getTime() > MARGIN_MS;
  }

  #remove(key: string, entry: Entry): void {
    if (this.#entries.peek(key) === entry) this.#entries.delete(key);
  }
}
