import type { Diagnostic, Located, LocatedMap, Position } from './located';

/** What a YAML value is once places no longer matter. */
export type YamlValue = string | number | boolean | null | YamlValue[] | { [key: string]: YamlValue };

/** What YAML 1.1 takes for a switch. */
export const yesWords = new Set(['yes', 'on', 'y', 'true']);
export const noWords = new Set(['no', 'off', 'n', 'false']);

/** Collects what is wrong, so that an author sees all of it at once. */
export class Diagnostics {
  /** what reads well all the same (keys that are not known) is a warning: templates that were written for other tools are taken as they are */
  readonly tolerant: boolean;
  /** faults: the template can't be used */
  readonly list: Diagnostic[] = [];
  /** what its author should know; it can be used all the same */
  readonly warnings: Diagnostic[] = [];

  constructor(about: { tolerant?: boolean } = {}) {
    this.tolerant = about.tolerant ?? false;
  }

  add(at: Position, message: string): void {
    this.list.push({ at, message });
  }

  /** What is most likely a mistake, and in the way of nothing. */
  doubt(at: Position, message: string): void {
    if (this.tolerant) this.warn(at, message);
    else this.add(at, message);
  }

  warn(at: Position, message: string): void {
    this.warnings.push({ at, message });
  }
}

/** Reads {@link Located} values as what they should be; what is something else is a diagnostic and reads as absent. */
export class Cursor {
  readonly value: Located;
  readonly what: string;
  readonly #diagnostics: Diagnostics;

  /** @param what how messages call this value: `inputs.worker_count` */
  constructor(value: Located, what: string, diagnostics: Diagnostics) {
    this.value = value;
    this.what = what;
    this.#diagnostics = diagnostics;
  }

  get at(): Position {
    return this.value.at;
  }

  get diagnostics(): Diagnostics {
    return this.#diagnostics;
  }

  /** Notes that this value is wrong. */
  fail(message: string): void {
    this.#diagnostics.add(this.at, this.#named(message));
  }

  /** Notes that this value is most likely wrong. */
  doubt(message: string): void {
    this.#diagnostics.doubt(this.at, this.#named(message));
  }

  /** The same value, told about to somebody else. */
  toldTo(diagnostics: Diagnostics): Cursor {
    return new Cursor(this.value, this.what, diagnostics);
  }

  /** Notes what of this value is not as its author may think. */
  warn(message: string): void {
    this.#diagnostics.warn(this.at, this.#named(message));
  }

  /** The value under a key of this map, if there is one that is not empty. */
  get(key: string): Cursor | undefined {
    if (this.value.kind !== 'map') return undefined;
    const value = this.value.entries.get(key);
    if (value === undefined || (value.kind === 'scalar' && value.value === null)) return undefined;
    return this.#child(value, key);
  }

  /** The map's entries; an empty value has none. */
  entries(): [string, Cursor][] {
    const map = this.#map();
    return map ? [...map.entries].map(([key, value]) => [key, this.#child(value, key)]) : [];
  }

  /** The list's elements. */
  items(): Cursor[] {
    if (this.value.kind === 'list') return this.value.items.map((item, index) => this.#child(item, String(index)));
    if (!this.#empty()) this.fail(`A list is needed here, not ${named(this.value)}.`);
    return [];
  }

  /** Complains about keys that are not in `known`: most are typing errors. */
  onlyKeys(known: readonly string[]): void {
    for (const [key, entry] of this.entries())
      if (!known.includes(key))
        this.#diagnostics.doubt(entry.at, `${this.what}: "${key}" is not known here; known are ${known.join(', ')}.`);
  }

  /** Text; numbers and booleans give what was written. */
  text(): string | undefined {
    if (this.value.kind !== 'scalar') {
      this.fail(`Text is needed here, not ${named(this.value)}.`);
      return undefined;
    }
    if (this.value.value === null) return undefined;
    return typeof this.value.value === 'string' ? this.value.value : this.value.source;
  }

  /** A whole number, also one written in quotes (metadata is text in TOSCA). */
  integer(): number | undefined {
    const value = this.value.kind === 'scalar' ? Number(this.value.value) : Number.NaN;
    if (Number.isSafeInteger(value)) return value;
    this.fail('A whole number is needed here.');
    return undefined;
  }

  /** `true` or `false`, also written in quotes or in the words of YAML 1.1 (`yes`). */
  boolean(): boolean | undefined {
    const word = this.value.kind === 'scalar' ? String(this.value.value).toLowerCase() : '';
    if (yesWords.has(word)) return true;
    if (noWords.has(word)) return false;
    this.fail('true or false is needed here.');
    return undefined;
  }

  /** The plain value. */
  plain(): YamlValue {
    return plain(this.value);
  }

  #named(message: string): string {
    return this.what === '' ? message : `${this.what}: ${message}`;
  }

  #child(value: Located, key: string): Cursor {
    return new Cursor(value, this.what === '' ? key : `${this.what}.${key}`, this.#diagnostics);
  }

  #empty(): boolean {
    return this.value.kind === 'scalar' && this.value.value === null;
  }

  #map(): LocatedMap | undefined {
    if (this.value.kind === 'map') return this.value;
    if (!this.#empty()) this.fail(`A map (name: value) is needed here, not ${named(this.value)}.`);
    return undefined;
  }
}

/** A located value without its places. */
export function plain(value: Located): YamlValue {
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'list') return value.items.map(plain);
  return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry)]));
}

function named(value: Located): string {
  if (value.kind === 'list') return 'a list';
  return value.kind === 'map' ? 'a map' : `"${value.source}"`;
}
