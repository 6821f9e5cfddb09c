import type { Channel, Store } from '@/lib/store';

/** Shares one listening of the database among all streams of this process: a connection a stream would be too many. */
export class Listeners {
  readonly #store: Store;
  readonly #waiting = new Map<Channel, Map<string, Set<() => void>>>();
  readonly #open = new Map<Channel, Promise<unknown>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Calls back whenever a channel carries this payload.
   * @returns what ends it
   */
  async subscribe(channel: Channel, payload: string, onNews: () => void): Promise<() => void> {
    const waiting = this.#waiting.get(channel) ?? new Map<string, Set<() => void>>();
    this.#waiting.set(channel, waiting);
    const mine = waiting.get(payload) ?? new Set();
    waiting.set(payload, mine.add(onNews));
    await this.#listen(channel, waiting);
    return () => {
      mine.delete(onNews);
      if (mine.size === 0) waiting.delete(payload);
    };
  }

  async #listen(channel: Channel, waiting: Map<string, Set<() => void>>): Promise<void> {
    const open = this.#open.get(channel) ?? this.#store.listen(channel, (payload) => tell(waiting.get(payload)));
    this.#open.set(channel, open);
    try {
      await open;
    } catch (error) {
      this.#open.delete(channel);
      throw error;
    }
  }
}

function tell(calls: Set<() => void> = new Set()): void {
  for (const call of calls) call();
}
