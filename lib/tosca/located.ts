import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/** A place in a file; lines and columns count from 1. */
export interface Position {
  file: string;
  line: number;
  column: number;
}

/** Something wrong in a template, and where. */
export interface Diagnostic {
  at: Position;
  message: string;
}

/** A YAML value that remembers where it was written. Aliases and merge keys are already followed. */
export type Located = LocatedScalar | LocatedList | LocatedMap;
interface LocatedScalar {
  kind: 'scalar';
  at: Position;
  value: string | number | boolean | null;
  /** as it was written: `1.10` where the value is the number 1.1 */
  source: string;
}
interface LocatedList {
  kind: 'list';
  at: Position;
  items: Located[];
}
export interface LocatedMap {
  kind: 'map';
  at: Position;
  entries: Map<string, Located>;
}

/** A file larger than this is not read: a template is text that people write. */
const maximumBytes = 512 * 1024;
/** Values in a file with its aliases followed; a file of 512 KiB that is no alias bomb stays far below. */
const maximumValues = 100_000;
const maximumDepth = 64;
// Nobody names a thing so in good faith, and plain objects made of such keys are not what they seem.
const refusedKeys = new Set(['__proto__', 'constructor', 'prototype']);

export type YamlResult = { ok: true; root: Located } | { ok: false; diagnostic: Diagnostic };

/**
 * Reads YAML 1.2 that may be hostile: its size, depth and number of values are limited, with aliases counted as often as
 * they are used.
 * @param text content of the file
 * @param file name that diagnostics carry
 */
export function readYaml(text: string, file: string): YamlResult {
  const start = { file, line: 1, column: 1 };
  if (Buffer.byteLength(text) > maximumBytes) return refuse(start, `The file is larger than ${maximumBytes / 1024} KiB.`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', merge: true });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const syntax = document.errors[0];
  if (syntax) return refuse(at(syntax.pos[0]), firstLine(syntax.message));
  if (document.contents === null) return refuse(start, 'The file is empty.');
  try {
    return { ok: true, root: new Locator(document, at).locate(document.contents, 0) };
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.at, error.message);
    throw error;
  }
}

class Refusal extends Error {
  readonly at: Position;

  constructor(at: Position, message: string) {
    super(message);
    this.at = at;
  }
}

class Locator {
  readonly #document: Document;
  readonly #at: (offset: number) => Position;
  readonly #open = new Set<Node>();
  #values = 0;

  constructor(document: Document, at: (offset: number) => Position) {
    this.#document = document;
    this.#at = at;
  }

  locate(node: Node, depth: number): Located {
    const at = this.#at(node.range?.[0] ?? 0);
    this.#values += 1;
    if (this.#values > maximumValues) throw new Refusal(at, `The file has more than ${maximumValues} values, aliases counted each time.`);
    if (depth > maximumDepth) throw new Refusal(at, `The values are nested deeper than ${maximumDepth} levels.`);
    if (isAlias(node)) return this.#alias(node.resolve(this.#document), at, depth);
    if (isScalar(node)) return { kind: 'scalar', at, value: scalar(node.value), source: node.source ?? String(node.value ?? '') };
    if (isSeq(node)) return { kind: 'list', at, items: node.items.map((item) => this.#child(item, at, depth)) };
    if (isMap(node)) return { kind: 'map', at, entries: this.#entries(node.items, at, depth) };
    throw new Refusal(at, 'This kind of YAML value is not used in templates.');
  }

  #child(node: unknown, at: Position, depth: number): Located {
    if (node === null || node === undefined) return { kind: 'scalar', at, value: null, source: '' };
    // the document was parsed, not made by hand, so that every child of a collection is a node
    return this.locate(node as Node, depth + 1);
  }

  #alias(target: Node | undefined, at: Position, depth: number): Located {
    if (!target) throw new Refusal(at, 'This alias has no anchor.');
    if (this.#open.has(target)) throw new Refusal(at, 'This alias contains itself.');
    this.#open.add(target);
    const value = this.locate(target, depth + 1);
    this.#open.delete(target);
    return value;
  }

  #entries(pairs: { key: unknown; value: unknown }[], at: Position, depth: number): Map<string, Located> {
    const entries = new Map<string, Located>();
    const merged: Map<string, Located>[] = [];
    for (const pair of pairs) {
      const key = this.#child(pair.key, at, depth);
      if (key.kind !== 'scalar' || key.value === null) throw new Refusal(key.at, 'A key must be text.');
      const name = typeof key.value === 'string' ? key.value : key.source;
      if (refusedKeys.has(name)) throw new Refusal(key.at, `"${name}" can't be used as a name.`);
      const value = this.#child(pair.value, key.at, depth);
      // a map's own position is that of its first entry: its name is the better place to point at
      if (name !== '<<') entries.set(name, value.kind === 'scalar' ? value : { ...value, at: key.at });
      else for (const source of value.kind === 'list' ? value.items : [value]) if (source.kind === 'map') merged.push(source.entries);
    }
    // what stands in the map itself wins over what is merged, and an earlier merge over a later one
    for (const source of merged) for (const [name, value] of source) if (!entries.has(name)) entries.set(name, value);
    return entries;
  }
}

function scalar(value: unknown): LocatedScalar['value'] {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  // the parser gives the merge key as a symbol
  return typeof value === 'symbol' ? (value.description ?? '') : String(value);
}

function refuse(at: Position, message: string): YamlResult {
  return { ok: false, diagnostic: { at, message } };
}

// The parser's messages go on with an excerpt of the file, which the position already gives.
function firstLine(message: string): string {
  return message
    .split('\n', 1)
    .join('')
    .replace(/ at line \d+, column \d+:?$/, '.');
}
