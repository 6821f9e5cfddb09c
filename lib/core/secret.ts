import { inspect } from 'node:util';

const MASK = '***';

/**
 * A value that must never be shown. Every way of turning it into text (JSON, templates, `util.inspect`, loggers)
 * gives `***`; only {@link Secret.reveal} gives the value, so that each use can be found by searching for it.
 */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself. Call it at the last moment, where the value leaves for the service that needs it. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
