import { remark } from '../remarks';
import { bounded, spans, type Value, type Variables } from '../variables';

/** Gathers what a file of variables sets, line by line. */
export class Collector {
  readonly values = new Map<string, Value>();
  readonly #used = new Set<string>();
  readonly #notRun: number[] = [];

  readonly #keyOf: (name: string) => string;

  /** @param keyOf how names are told apart: Windows does not by case */
  constructor(keyOf: (name: string) => string = (name) => name) {
    this.#keyOf = keyOf;
  }

  set(name: string, value: Value, line: number): void {
    this.values.set(this.#keyOf(name), 'value' in value ? { value: bounded(value.value, line) } : value);
  }

  unset(name: string): void {
    this.values.delete(this.#keyOf(name));
  }

  /** A variable's value, noting that it was needed; undefined where the file did not set it. */
  get(name: string): Value | undefined {
    this.#used.add(this.#keyOf(name));
    return this.values.get(this.#keyOf(name));
  }

  leave(line: number): void {
    this.#notRun.push(line);
  }

  variables(): Variables {
    const lines = spans(this.#notRun);
    return { values: this.values, used: this.#used, remarks: lines === '' ? [] : [remark('notRun', { lines })] };
  }
}

/** Puts a value together; the first piece that is not known decides. */
export function joined(pieces: readonly Value[]): Value {
  const unknown = pieces.find((piece) => !('value' in piece));
  return unknown ?? { value: pieces.map((piece) => ('value' in piece ? piece.value : '')).join('') };
}
