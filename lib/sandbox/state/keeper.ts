import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const DELAY_MS = 300;
/** However large it is, to write it takes at most a twentieth of the time. */
const SHARE = 20;
/** … but so much later at most: what was not written is forgotten where the process dies. */
const LATEST_MS = 1000;

/**
 * Keeps a value in a file: read once at the start, written (whole, beside it, then renamed: never half a file) shortly
 * after {@link Keeper.touch} and at the end.
 */
export class Keeper<T> {
  readonly #file: string;
  readonly #read: () => T;
  #timer: NodeJS.Timeout | null = null;
  #tookMs = 0;

  /**
   * @param file its folder is made where it is missing; nobody but the owner can read it
   * @param value called each time the file is written
   */
  constructor(file: string, value: () => T) {
    this.#file = file;
    this.#read = value;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  }

  /** The value has changed; it is written soon. */
  touch(): void {
    this.#timer ??= setTimeout(() => this.flush(), Math.min(Math.max(DELAY_MS, SHARE * this.#tookMs), LATEST_MS));
  }

  /** Writes now. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const began = performance.now();
    const beside = `${this.#file}.new`;
    writeFileSync(beside, JSON.stringify(this.#read()), { mode: 0o600 });
    renameSync(beside, this.#file);
    this.#tookMs = performance.now() - began;
  }
}

/** What a file of {@link Keeper} holds; null where there is none, or none that can be read. */
export function readKept(file: string): unknown {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
