import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Diagnostic, Located, LocatedScalar, Position } from './located';

/** Values in a file with its aliases followed; a file of 256 KiB that is no alias bomb stays far below. */
const maximumValues = 50_000;
const maximumDepth = 64;
// Nobody names a thing so in good faith, and plain objects made of such keys are not what they seem.
const refusedKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** A file that is not read any further. */
export class Refusal extends Error {
  readonly at: Position;

  constructor(at: Position, message: string) {
    super(message);
    this.at = at;
  }
}

/** Turns parsed YAML into values that know their places. What an anchor names is turned once and shared by its aliases. */
export class Locator {
  readonly warnings: Diagnostic[] = [];
  readonly #at: (offset: number) => Position;
  /** the value of each anchor, with how many values it holds; null while it is still being read */
  readonly #anchors = new Map<string, { value: Located; size: number; depth: number } | null>();
  #values = 0;
  #deepest = 0;

  /** @param at place of an offset in the text */
  constructor(at: (offset: number) => Position) {
    this.#at = at;
  }

  /** @throws Refusal */
  locate(node: Node, depth: number): Located {
    const at = this.#at(node.range?.[0] ?? 0);
    this.#count(1, depth, at);
    if (isAlias(node)) return this.#alias(node.source, depth, at);
    const anchor = isScalar(node) || isSeq(node) || isMap(node) ? node.anchor : undefined;
    if (anchor === undefined) return this.#value(node, at, depth);
    const before = this.#values;
    const deepest = this.#deepest;
    this.#deepest = depth;
    this.#anchors.set(anchor, null);
    const value = this.#value(node, at, depth);
    this.#anchors.set(anchor, { value, size: this.#values - before, depth: this.#deepest - depth });
    this.#deepest = Math.max(deepest, this.#deepest);
    return value;
  }

  #value(node: Node, at: Position, depth: number): Located {
    if (isScalar(node)) return { kind: 'scalar', at, value: scalar(node.value), source: node.source ?? String(node.value ?? '') };
    if (isSeq(node)) return { kind: 'list', at, items: node.items.map((item) => this.#child(item, at, depth)) };
    if (isMap(node)) return { kind: 'map', at, entries: this.#entries(node.items, at, depth) };
    throw new Refusal(at, 'This kind of YAML value is not used in templates.');
  }

  #alias(anchor: string, depth: number, at: Position): Located {
    const target = this.#anchors.get(anchor);
    if (target === undefined) throw new Refusal(at, 'This alias has no anchor.');
    if (target === null) throw new Refusal(at, 'This alias contains itself.');
    this.#count(target.size, depth + target.depth, at);
    return target.value;
  }

  #count(values: number, depth: number, at: Position): void {
    this.#values += values;
    this.#deepest = Math.max(this.#deepest, depth);
    if (this.#values > maximumValues) throw new Refusal(at, `The file has more than ${maximumValues} values, aliases counted each time.`);
    if (depth > maximumDepth) throw new Refusal(at, `The values are nested deeper than ${maximumDepth} levels.`);
  }

  #child(node: unknown, at: Position, depth: number): Located {
    if (node === null || node === undefined) return { kind: 'scalar', at, value: null, source: '' };
    // the document was parsed, not made by hand, so that every child of a collection is a node
    return this.locate(node as Node, depth + 1);
  }

  #entries(pairs: { key: unknown; value: unknown }[], at: Position, depth: number): Map<string, Located> {
    const entries = new Map<string, Located>();
    const merged: Map<string, Located>[] = [];
    for (const pair of pairs) {
      const key = this.#child(pair.key, at, depth);
      const name = this.#name(key);
      const value = this.#child(pair.value, key.at, depth);
      if (name === '<<') merged.push(...sourcesOf(value));
      else {
        const earlier = entries.get(name);
        if (earlier)
          this.warnings.push({
            at: key.at,
            message: `"${name}" stands here twice, first in line ${earlier.at.line}; this one counts.`,
          });
        // a map's own position is that of its first entry: its name is the better place to point at
        entries.set(name, value.kind === 'scalar' ? value : { ...value, at: key.at });
      }
    }
    // what stands in the map itself wins over what is merged, and an earlier merge over a later one
    for (const source of merged) {
      this.#count(source.size, depth, at);
      for (const [name, value] of source) if (!entries.has(name)) entries.set(name, value);
    }
    return entries;
  }

  #name(key: Located): string {
    if (key.kind !== 'scalar' || key.value === null) throw new Refusal(key.at, 'A key must be text.');
    const name = typeof key.value === 'string' ? key.value : key.source;
    if (refusedKeys.has(name)) throw new Refusal(key.at, `"${name}" can't be used as a name.`);
    return name;
  }
}

function sourcesOf(value: Located): Map<string, Located>[] {
  return (value.kind === 'list' ? value.items : [value]).flatMap((source) => (source.kind === 'map' ? [source.entries] : []));
}

function scalar(value: unknown): LocatedScalar['value'] {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  // the parser gives the merge key as a symbol
  return typeof value === 'symbol' ? (value.description ?? '') : String(value);
}
