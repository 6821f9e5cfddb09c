import { createHash } from 'node:crypto';

/** Numbers that a seed gives, each the same whenever it is asked for under the same name. */
export class Dice {
  readonly #seed: number;
  readonly #thrown = new Map<string, number>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** From 0 up to 1, by a name: whatever else was asked for before. */
  at(name: string): number {
    return createHash('sha256').update(`${this.#seed} ${name}`).digest().readUInt32BE() / 2 ** 32;
  }

  /** The next of a row of numbers. */
  next(row: string): number {
    const count = this.#thrown.get(row) ?? 0;
    this.#thrown.set(row, count + 1);
    return this.at(`${row} ${count}`);
  }

  /** One of several, in a row. */
  pick<T>(row: string, all: readonly [T, ...T[]]): T {
    return all[Math.floor(this.next(row) * all.length)] ?? all[0];
  }

  /** A whole number from 0 to `most`. */
  upTo(row: string, most: number): number {
    return Math.floor(this.next(row) * (most + 1));
  }
}
