/**
 * Lets at most so many tasks run at once. The others wait: those who want a turn each get one after the other, whoever asked for many, and what one of them
 * asked for comes in that order.
 */
export class Limit {
  readonly #most: () => number;
  /** what waits, by who asked; who is first here is next */
  readonly #waiting = new Map<string, (() => void)[]>();
  #running = 0;

  /** @param most looked at whenever a task begins or ends; 1 or more */
  constructor(most: number | (() => number)) {
    this.#most = typeof most === 'number' ? () => most : most;
  }

  /**
   * Runs a task when there is room for it.
   * @param signal gives up waiting (not the task, which must watch it itself)
   * @param turn who asks for it; all who say nothing are one
   * @throws the signal's reason, or what the task throws
   */
  async run<T>(task: () => Promise<T>, signal?: AbortSignal, turn = ''): Promise<T> {
    signal?.throwIfAborted();
    if (this.#running >= this.#most()) await this.#turn(turn, signal);
    else this.#running++;
    try {
      return await task();
    } finally {
      this.#running--;
      while (this.#running < this.#most() && this.#waiting.size > 0) this.#next();
    }
  }

  #next(): void {
    for (const [turn, [go, ...later]] of this.#waiting) {
      this.#waiting.delete(turn);
      if (later.length > 0) this.#waiting.set(turn, later);
      this.#running++;
      go?.();
      return;
    }
  }

  /** Waits for a place, which whoever gives it has counted. */
  #turn(turn: string, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const stop = () => {
        const others = (this.#waiting.get(turn) ?? []).filter((each) => each !== go);
        if (others.length > 0) this.#waiting.set(turn, others);
        else this.#waiting.delete(turn);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', stop, { once: true });
      this.#waiting.set(turn, [...(this.#waiting.get(turn) ?? []), go]);
    });
  }
}

/** Limits that are alike, one for each key. One that nobody uses is not kept. */
export class Limits {
  readonly #most: () => number;
  readonly #limits = new Map<string, { limit: Limit; users: number }>();

  /** @param most of each, as in {@link Limit} */
  constructor(most: () => number) {
    this.#most = most;
  }

  /** How many are in use. */
  get size(): number {
    return this.#limits.size;
  }

  /** Runs a task when its key has room for it; the rest as {@link Limit.run}. */
  async run<T>(key: string, task: () => Promise<T>, signal?: AbortSignal, turn?: string): Promise<T> {
    const kept = this.#limits.get(key) ?? { limit: new Limit(this.#most), users: 0 };
    this.#limits.set(key, kept);
    kept.users++;
    try {
      return await kept.limit.run(task, signal, turn);
    } finally {
      if (--kept.users === 0) this.#limits.delete(key);
    }
  }
}
