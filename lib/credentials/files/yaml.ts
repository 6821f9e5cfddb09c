import { Composer, type CST, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, type Node, type ParsedNode, Parser } from 'yaml';
import { refuseStrange } from './marks';
import { refuse } from './remarks';

/** A text of the file as it is written there. */
export class Text {
  readonly text: string;
  readonly plain: boolean;

  /** @param plain without quotes: YAML 1.1 may read something else than a text */
  constructor(text: string, plain: boolean) {
    this.text = text;
    this.plain = plain;
  }
}
/** A mapping before its merge keys are followed. */
export class Mapping {
  readonly own: [key: string, value: Value][] = [];
  /** what `<<` names, in the order of the file */
  readonly merged: Value[] = [];
}
export type Value = Text | Mapping | Value[] | null;
export type Entries = ReadonlyMap<string, Value>;

/** Words and signs of a file: some ten thousand lines, read in a fraction of a second. */
const MOST_LEXEMES = 30_000;
const MOST_DEPTH = 40;
/** Keys that merging may bring together, of all mappings that are looked at. */
const MOST_MERGED = 200_000;

/**
 * Reads the documents of a YAML text in a time that grows with its length only: it stops at the first fault, and bounds depth and
 * number of what it takes. All scalars stay texts; aliases share what they name.
 * @throws Refusal naming the line
 */
export function readYaml(text: string): Value[] {
  const counter = new LineCounter();
  const tokens = readTokens(text, counter);
  // of keys that stand twice the last one counts, as it does for openstacksdk: to look for them takes the square of their number
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  // the composer gathers all faults, each with a trace of its own; one is enough
  Reflect.set(composer, 'onError', (source: FaultPlace, code: string, _message: string, isWarning?: boolean) => {
    if (isWarning !== true && code !== 'TAG_RESOLVE_FAILED') refuse('notYaml', { line: counter.linePos(startOf(source)).line });
  });
  const values: Value[] = [];
  for (const document of composer.compose(tokens, false, text.length)) {
    const fault = document.errors.find(({ code }) => code !== 'TAG_RESOLVE_FAILED');
    if (fault) refuse('notYaml', { line: counter.linePos(fault.pos[0]).line });
    values.push(new Reader(counter).read(document.contents));
  }
  return values;
}

type FaultPlace = number | [number, ...number[]] | { offset: number };
function startOf(place: FaultPlace): number {
  if (typeof place === 'number') return place;
  return Array.isArray(place) ? place[0] : place.offset;
}

function readTokens(text: string, counter: LineCounter): CST.Token[] {
  const parser = new Parser(counter.addNewLine);
  counter.addNewLine(0);
  const tokens: CST.Token[] = [];
  let count = 0;
  const take = (found: Iterable<CST.Token>) => {
    for (const token of found) {
      if (token.type === 'error') refuse('notYaml', { line: counter.linePos(token.offset).line });
      tokens.push(token);
    }
  };
  for (const lexeme of new Lexer().lex(text)) {
    if (++count > MOST_LEXEMES) refuse('tooMuch', { count: MOST_LEXEMES });
    take(parser.next(lexeme));
    if (parser.stack.length > MOST_DEPTH) refuse('tooDeep', { line: counter.linePos(parser.offset).line });
  }
  take(parser.end());
  return tokens;
}

const knownTags = new Set(['!', '?', ...'str int float bool null timestamp map seq'.split(' ').map((name) => `tag:yaml.org,2002:${name}`)]);
const nothing = /^(?:|~|null|Null|NULL)$/;

class Reader {
  readonly #anchors = new Map<string, Value>();

  readonly counter: LineCounter;

  constructor(counter: LineCounter) {
    this.counter = counter;
  }

  read(node: Node | null): Value {
    if (node === null) return null;
    if (isAlias(node)) {
      const found = this.#anchors.get(node.source);
      return found === undefined ? refuse('unknownAlias', { line: this.#line(node) }) : found;
    }
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null;
    const { tag, anchor } = node;
    if (tag !== undefined && !knownTags.has(tag)) refuse('unknownTag', { line: this.#line(node) });
    const keep = <T extends Value>(value: T): T => {
      // before what is in it: it may name itself
      if (anchor !== undefined) this.#anchors.set(anchor, value);
      return value;
    };
    if (isScalar(node)) {
      const plain = node.type === 'PLAIN' && (tag === undefined || tag === '?');
      const text = String(node.value ?? '');
      if (plain) refuseStrange(text, this.#place(node));
      return keep(plain && nothing.test(text) ? null : new Text(text, plain));
    }
    if (isSeq(node)) {
      const list = keep<Value[]>([]);
      for (const item of node.items) list.push(this.read(asNode(item)));
      return list;
    }
    const mapping = keep(new Mapping());
    for (const pair of node.items) {
      const [key, value] = [this.read(asNode(pair.key)), asNode(pair.value)];
      if (key instanceof Text && key.plain && key.text === '<<') mapping.merged.push(this.read(value));
      else if (key === null || key instanceof Text) mapping.own.push([key?.text ?? '', this.read(value)]);
      else refuse('notYaml', { line: this.#line(node) });
    }
    return mapping;
  }

  #line(node: Node): number {
    return this.#place(node).line;
  }

  #place(node: Node): { line: number; column: number } {
    const { line, col } = this.counter.linePos((node as ParsedNode).range?.[0] ?? 0);
    return { line, column: col };
  }
}

const asNode = (value: unknown): Node | null => (isAlias(value) || isScalar(value) || isMap(value) || isSeq(value) ? value : null);

/** Follows merge keys; what was followed once is not followed again. @throws Refusal when that brings too much together */
export class Merger {
  readonly #known = new Map<Mapping, Entries | null>();
  #count = 0;

  /** The entries of a mapping, those of its own over those that it merges; undefined for what is no mapping. */
  entries(value: Value | undefined): Entries | undefined {
    if (!(value instanceof Mapping)) return undefined;
    const known = this.#known.get(value);
    if (known === null) refuse('loops');
    if (known !== undefined) return known;
    this.#known.set(value, null);
    const all = new Map<string, Value>();
    const take = (entries: Iterable<[string, Value]>) => {
      for (const [key, each] of entries) {
        if (++this.#count > MOST_MERGED) refuse('loops');
        all.set(key, each);
      }
    };
    for (const merged of value.merged) {
      // of a list the first counts most
      const list = Array.isArray(merged) ? [...merged].reverse() : [merged];
      for (const each of list) take(this.entries(each) ?? refuse('mergesNoMapping'));
    }
    take(value.own);
    this.#known.set(value, all);
    return all;
  }
}
