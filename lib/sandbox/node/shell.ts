import { split, words } from './scan';

/** A script as a tree: what runs, and what decides or repeats it. */
export type Statement =
  | { kind: 'run'; text: string }
  | { kind: 'if'; arms: { condition: string; body: Statement[] }[]; otherwise: Statement[] }
  | { kind: 'for'; name: string; words: string[]; body: Statement[] }
  | { kind: 'while'; body: Statement[] }
  | { kind: 'case'; word: string; arms: { patterns: string[]; body: Statement[] }[] }
  | { kind: 'function'; name: string; body: Statement[] };

/** Reads a bash script, as far as recipes use bash. What it does not know becomes something that runs and says nothing. */
export function readScript(script: string): Statement[] {
  return new Reader(tokens(withoutHereDocuments(script))).statements([]);
}

/** The script without comments and the bodies of here-documents, continued lines joined. */
function withoutHereDocuments(script: string): string {
  const kept: string[] = [];
  let mark: string | null = null;
  for (const line of script.replace(/\\\n\s*/g, ' ').split('\n')) {
    if (mark !== null) {
      if (line.trim() === mark) mark = null;
      continue;
    }
    if (/^\s*(#|$)/.test(line)) continue;
    kept.push(line);
    mark = /(?<!<)<<-?\s*['"]?(\w+)['"]?/.exec(line)?.[1] ?? null;
  }
  return kept.join('\n');
}

const keyword = /^(then|else|do)(?:\s+|$)/;

/** Statements and keywords, one each: `if x; then y; fi` becomes `if x`, `then`, `y`, `fi`. */
function tokens(text: string): string[] {
  const found: string[] = [];
  for (let piece of split(text, ';;').flatMap(arm).flatMap(pipedLoop)) {
    piece = piece.trim();
    for (let match = keyword.exec(piece); match; match = keyword.exec(piece)) {
      found.push(match[1] ?? '');
      piece = piece.slice(match[0].length).trim();
    }
    // a function's body may be a group or a subshell
    const named = /^(?:function\s+)?([\w-]+)\s*\(\)\s*(?:\{([\s\S]*)\}[^}]*|\(([\s\S]*)\)[^)]*)$/.exec(piece);
    if (named) found.push(`${named[1]}()`, ...tokens(named[2] ?? named[3] ?? ''), '}');
    else if (piece !== '') found.push(piece);
  }
  return found;
}

/** The pieces of what stands before, between or after two `;;`, which is itself a piece. */
const arm = (part: string, index: number) => [...(index > 0 ? [';;'] : []), ...split(part, /[\n;]/)];

/** `a | while read x` as two: what it reads from does not matter here. */
function pipedLoop(piece: string): string[] {
  const match = /^([\s\S]*?)\|\s*((?:while|until)\s[\s\S]*)$/.exec(piece);
  return match ? [match[1] ?? '', match[2] ?? ''] : [piece];
}

class Reader {
  readonly #tokens: string[];
  #at = 0;

  constructor(tokens: string[]) {
    this.#tokens = tokens;
  }

  /** Statements up to (not including) one of the given ends, or the end of all. */
  statements(ends: string[]): Statement[] {
    const found: Statement[] = [];
    while (this.#at < this.#tokens.length && !this.#is(ends)) {
      const statement = this.#statement();
      if (statement) found.push(statement);
    }
    return found;
  }

  #is(ends: string[]): boolean {
    const token = this.#tokens[this.#at] ?? '';
    return ends.some((end) => token === end || token.startsWith(`${end} `));
  }

  #next(): string {
    return this.#tokens[this.#at++] ?? '';
  }

  #statement(): Statement | null {
    const token = this.#next();
    const [first = '', ...rest] = words(token);
    const tail = token.slice(first.length).trim();
    if (first === 'if') return this.#if(tail);
    if (first === 'for') {
      const body = this.#body('do', 'done');
      return { kind: 'for', name: rest[0] ?? '', words: rest.slice(2), body };
    }
    if (first === 'while' || first === 'until') return { kind: 'while', body: this.#body('do', 'done') };
    if (first === 'case') {
      // the first arm may stand on the same line
      const arm = /\sin\s+([\s\S]+)$/.exec(tail)?.[1];
      if (arm) this.#tokens.splice(this.#at, 0, arm);
      return this.#case(rest[0] ?? '');
    }
    if (/^[\w-]+\(\)$/.test(first)) {
      const body = this.statements(['}']);
      this.#next();
      return { kind: 'function', name: first.slice(0, -2), body };
    }
    return ['then', 'else', 'do', 'fi', 'done', 'esac', '}', ';;'].includes(first) ? null : { kind: 'run', text: token };
  }

  #body(begin: string, end: string): Statement[] {
    while (this.#at < this.#tokens.length && !this.#is([begin])) this.#at++;
    this.#at++;
    const body = this.statements([end]);
    this.#at++;
    return body;
  }

  #if(condition: string): Statement {
    const arms: { condition: string; body: Statement[] }[] = [];
    let asked = condition;
    for (;;) {
      const more: string[] = [];
      while (this.#at < this.#tokens.length && !this.#is(['then'])) more.push(this.#next());
      this.#at++;
      arms.push({ condition: [asked, ...more].join(' '), body: this.statements(['elif', 'else', 'fi']) });
      const end = this.#next();
      if (!end.startsWith('elif')) {
        const otherwise = end.startsWith('else') ? this.statements(['fi']) : [];
        if (end.startsWith('else')) this.#at++;
        return { kind: 'if', arms, otherwise };
      }
      asked = end.slice('elif'.length).trim();
    }
  }

  #case(word: string): Statement {
    const arms: { patterns: string[]; body: Statement[] }[] = [];
    while (this.#at < this.#tokens.length && !this.#is(['esac'])) {
      const token = this.#next();
      const arm = /^\(?([^()]+)\)\s*([\s\S]*)$/.exec(token);
      if (!arm) continue;
      if (arm[2]) this.#tokens.splice(this.#at, 0, arm[2]);
      const patterns = (arm[1] ?? '').split('|').map((pattern) => pattern.trim().replace(/^["']|["']$/g, ''));
      arms.push({ patterns, body: this.statements([';;', 'esac']) });
    }
    this.#at++;
    return { kind: 'case', word, arms };
  }
}
