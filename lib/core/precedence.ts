import { AsyncLocalStorage } from 'node:async_hooks';

// On globalThis, since Next bundles this module several times into one process.
const key = Symbol.for('transat.waited-for');
const holder: typeof globalThis & { [key]?: AsyncLocalStorage<true> } = globalThis;
holder[key] ??= new AsyncLocalStorage<true>();
const waitedFor = holder[key];

/** So many of those that somebody waits for go before one of the others at most. */
const mostInARow = 8;

/** Does what somebody waits for who looks at a page: all in it takes its {@link Turns} before what nobody does. */
export function whileWaitedFor<T>(work: () => T): T {
  return waitedFor.run(true, work);
}

/** One at a time: first what somebody waits for, else in the order in which it came. */
export class Turns {
  #busy = false;
  #inARow = 0;
  readonly #first: (() => void)[] = [];
  readonly #others: (() => void)[] = [];

  /** Does some work in its turn. @returns what it gives; throws what it throws */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy) await new Promise<void>((go) => (waitedFor.getStore() ? this.#first : this.#others).push(go));
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  #next(): void {
    const first = this.#first.length > 0 && (this.#others.length === 0 || this.#inARow < mostInARow);
    this.#inARow = first ? this.#inARow + 1 : 0;
    const next = (first ? this.#first : this.#others).shift();
    if (next) next();
    else this.#busy = false;
  }
}
