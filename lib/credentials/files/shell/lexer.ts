import { refuseFirstStrange } from '../marks';
import { refuse } from '../remarks';
import { readEscapes } from './escapes';
import type { Lexeme, Operator, Part, TextPosition } from './words';

const MOST_DEPTH = 20;
const MOST_LEXEMES = 100_000;
const signs = [
  '&&',
  '||',
  ';;&',
  ';;',
  ';&',
  '<<<',
  '<<-',
  '<<',
  '>>',
  '>&',
  '<&',
  '<>',
  '>|',
  '&>',
  '((',
  '))',
  '\n',
  ';',
  '&',
  '|',
  '(',
  ')',
  '<',
  '>',
];
const ends = /[ \t\n;&|()<>]/;
const operators = /^(:[-=+?]|[-=+?])/;

/**
 * Cuts a script into words and signs as a POSIX shell does (IEEE Std 1003.1, 2.3 and 2.2 Quoting), with bash's `$'…'` and `[[`. Each character is
 * looked at a bounded number of times.
 * @throws Refusal naming the line
 */
export function readLexemes(script: string): Lexeme[] {
  return new Lexer(script).all();
}

class Lexer {
  #at = 0;
  #line = 1;
  #lineStart = 0;
  readonly #found: Lexeme[] = [];
  /** here-documents whose text begins at the next line */
  readonly #pending: string[] = [];

  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  all(): Lexeme[] {
    while (this.#at < this.text.length) {
      if (this.#found.length > MOST_LEXEMES) refuse('tooMuch', { count: MOST_LEXEMES });
      this.#step();
    }
    return this.#found;
  }

  get #here(): TextPosition {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }

  #step(): void {
    const first = this.text[this.#at];
    if (first === ' ' || first === '\t') this.#at += 1;
    else if (first === '\\' && this.text[this.#at + 1] === '\n') this.#skip(2);
    else if (first === '#') this.#at = this.#endOfLine();
    else {
      const sign = signs.find((each) => this.text.startsWith(each, this.#at));
      if (sign === undefined || ((sign === '<' || sign === '>') && this.text[this.#at + 1] === '(')) this.#takeWord();
      else this.#takeSign(sign);
    }
  }

  #takeSign(sign: string): void {
    this.#found.push({ kind: 'sign', sign, ...this.#here });
    this.#skip(sign.length);
    if (sign === '\n') for (const end of this.#pending.splice(0)) this.#skipHereDocument(end);
  }

  #takeWord(): void {
    const place = this.#here;
    const parts = this.#readParts((next) => ends.test(next), 0);
    const before = this.#found.at(-1);
    if (before?.kind === 'sign' && /^<<-?$/.test(before.sign)) {
      this.#pending.push(parts.map((part) => (part.kind === 'text' ? part.text : '')).join(''));
    }
    this.#found.push({ kind: 'word', parts, ...place });
  }

  /** Reads on to a character that ends it, which is left. */
  #readParts(isEnd: (next: string) => boolean, depth: number): Part[] {
    if (depth > MOST_DEPTH) refuse('tooDeep', { line: this.#line });
    const parts: Part[] = [];
    let start = this.#at;
    const flush = () => {
      if (this.#at > start) parts.push({ kind: 'text', text: this.text.slice(start, this.#at), quoted: false });
    };
    for (;;) {
      const next = this.text[this.#at];
      const processed = (next === '<' || next === '>') && this.text[this.#at + 1] === '(' && depth === 0;
      if (next === undefined || (isEnd(next) && !processed)) break;
      if (!/[\\'"$`<>]/.test(next)) {
        this.#skip(1);
        continue;
      }
      flush();
      if (processed) {
        this.#skip(1);
        parts.push(this.#skipCommand());
      } else parts.push(...this.#readMarked(next, depth));
      start = this.#at;
    }
    flush();
    return parts;
  }

  #readMarked(next: string, depth: number): Part[] {
    if (next === '\\') {
      const escaped = this.text[this.#at + 1] ?? '';
      this.#skip(2);
      return escaped === '\n' || escaped === '' ? [] : [{ kind: 'text', text: escaped, quoted: true }];
    }
    if (next === "'") return [{ kind: 'text', text: this.#readTo("'", 1), quoted: true }];
    if (next === '"') return this.#readDoubleQuoted(depth);
    if (next === '`') return [this.#skipBackticks()];
    if (next === '$') return [this.#readDollar(false, depth)];
    this.#skip(1);
    return [{ kind: 'text', text: next, quoted: false }];
  }

  #readDoubleQuoted(depth: number): Part[] {
    const place = this.#here;
    const parts: Part[] = [];
    this.#skip(1);
    let start = this.#at;
    const flush = () => parts.push({ kind: 'text', text: this.text.slice(start, this.#at), quoted: true });
    for (;;) {
      const next = this.text[this.#at];
      if (next === undefined) this.#refuseUnclosed(place);
      if (next === '"') break;
      if (next !== '\\' && next !== '$' && next !== '`') {
        this.#skip(1);
        continue;
      }
      const escaped = next === '\\' ? (this.text[this.#at + 1] ?? '') : undefined;
      if (escaped !== undefined && !/[$`"\\\n]/.test(escaped)) {
        this.#skip(1);
        continue;
      }
      flush();
      if (escaped !== undefined) {
        this.#skip(2);
        start = escaped === '\n' ? this.#at : this.#at - 1;
        continue;
      }
      parts.push(next === '$' ? this.#readDollar(true, depth) : this.#skipBackticks());
      start = this.#at;
    }
    flush();
    this.#skip(1);
    return parts;
  }

  #readDollar(quoted: boolean, depth: number): Part {
    const rest = this.text.slice(this.#at + 1, this.#at + 300);
    if (rest.startsWith('(')) {
      this.#skip(1);
      return this.#skipCommand();
    }
    if (!quoted && rest.startsWith("'")) return { kind: 'text', text: readEscapes(this.#readTo("'", 2, '\\')), quoted: true };
    if (rest.startsWith('{')) return this.#readBraced(rest.slice(1), depth);
    const name = /^(?:[A-Za-z_]\w*|[\d@*#?$!-])/.exec(rest)?.[0];
    this.#skip(1 + (name?.length ?? 0));
    return name === undefined ? { kind: 'text', text: '$', quoted } : { kind: 'variable', name };
  }

  #readBraced(rest: string, depth: number): Part {
    const name = /^(?:[A-Za-z_]\w*|\d+|[@*#?$!-])/.exec(rest)?.[0];
    const place = this.#here;
    if (name === undefined) return this.#skipBraced(place);
    const after = rest.slice(name.length);
    if (after.startsWith('}')) {
      this.#skip(3 + name.length);
      return { kind: 'variable', name };
    }
    const operator = operators.exec(after)?.[0] as Operator | undefined;
    if (operator === undefined) return this.#skipBraced(place);
    this.#skip(2 + name.length + operator.length);
    const argument = this.#readParts((next) => next === '}', depth + 1);
    if (this.text[this.#at] !== '}') refuse('unfinished', { line: place.line });
    this.#skip(1);
    return { kind: 'variable', name, operator, argument };
  }

  /** Passes over `${…}` of a form that is not followed here. */
  #skipBraced(place: TextPosition): Part {
    const end = this.text.indexOf('}', this.#at);
    if (end < 0) refuse('unfinished', { line: place.line });
    this.#skip(end + 1 - this.#at);
    return { kind: 'run' };
  }

  /** Passes over `(…)` to the bracket that closes it. */
  #skipCommand(): Part {
    const place = this.#here;
    let open = 0;
    do {
      const next = this.text[this.#at];
      if (next === undefined) refuse('unfinished', { line: place.line });
      if (next === "'") this.#readTo("'", 1);
      else {
        if (next === '(') open += 1;
        if (next === ')') open -= 1;
        this.#skip(next === '\\' ? 2 : 1);
      }
    } while (open > 0);
    return { kind: 'run' };
  }

  #skipBackticks(): Part {
    this.#readTo('`', 1, '\\');
    return { kind: 'run' };
  }

  /** What stands between an opening of some length and the next such mark, which is passed over, too. */
  #readTo(mark: string, opening: number, mask?: string): string {
    const place = this.#here;
    this.#skip(opening);
    const start = this.#at;
    while (this.text[this.#at] !== mark) {
      if (this.#at >= this.text.length) this.#refuseUnclosed(place);
      this.#skip(this.text[this.#at] === mask ? 2 : 1);
    }
    const found = this.text.slice(start, this.#at);
    this.#skip(1);
    return found;
  }

  #refuseUnclosed(place: TextPosition): never {
    const line = this.text.split('\n', place.line).at(-1) ?? '';
    refuseFirstStrange(line.slice(place.column - 1), place);
    refuse('unclosed', { line: place.line });
  }

  #skipHereDocument(end: string): void {
    while (this.#at < this.text.length) {
      const line = this.text.slice(this.#at, this.#endOfLine());
      this.#skip(line.length + 1);
      if (line.trimStart() === end) return;
    }
  }

  #endOfLine(): number {
    const end = this.text.indexOf('\n', this.#at);
    return end < 0 ? this.text.length : end;
  }

  #skip(count: number): void {
    for (const end = Math.min(this.#at + count, this.text.length); this.#at < end; this.#at += 1) {
      if (this.text[this.#at] !== '\n') continue;
      this.#line += 1;
      this.#lineStart = this.#at + 1;
    }
  }
}
