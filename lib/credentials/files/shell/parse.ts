import { refuse } from '../remarks';
import { bareOf, fixedOf, type Lexeme, type Word } from './words';

/** A command of a shell script. */
export type Command = { line: number } & (
  | { kind: 'simple'; words: Word[]; redirected: boolean }
  /** what stands between `[[` and `]]` */
  | { kind: 'test'; lexemes: Lexeme[] }
  | { kind: 'chain'; first: Command; rest: { sign: '&&' | '||'; command: Command }[] }
  | { kind: 'not'; command: Command }
  | { kind: 'if'; branches: { condition: Command[]; body: Command[] }[]; otherwise: Command[] }
  /** loops and cases: nobody can say here which of it would run, or how often; `names` are those that it sets itself */
  | { kind: 'sometimes'; names: string[]; body: Command[] }
  | { kind: 'group'; body: Command[] }
  /** what runs in a shell of its own, and so changes nothing here */
  | { kind: 'apart' }
  | { kind: 'function'; name: string; body: Command[] }
);

const MOST_DEPTH = 40;
const redirections = new Set(['<<<', '<<-', '<<', '>>', '>&', '<&', '<>', '>|', '&>', '<', '>']);
const closing = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}']);

/** Reads the commands of a script. @throws Refusal naming the line of what is not ended, or stands where it can't */
export function readCommands(lexemes: readonly Lexeme[]): Command[] {
  const parser = new ShellParser(lexemes);
  const commands = parser.list();
  parser.end();
  return commands;
}

class ShellParser {
  #at = 0;
  #depth = 0;

  readonly lexemes: readonly Lexeme[];

  constructor(lexemes: readonly Lexeme[]) {
    this.lexemes = lexemes;
  }

  end(): void {
    const left = this.#next;
    if (left) refuse('notUnderstood', { line: left.line });
  }

  get #next(): Lexeme | undefined {
    return this.lexemes[this.#at];
  }

  /** Commands up to a reserved word or sign that closes them, which is left. */
  list(): Command[] {
    if (++this.#depth > MOST_DEPTH) refuse('tooDeep', { line: this.#next?.line ?? 0 });
    const commands: Command[] = [];
    for (;;) {
      while (this.#isSign('\n', ';')) this.#at += 1;
      const next = this.#next;
      if (!next || this.#isSign(')', ';;', ';&', ';;&') || closing.has(this.#bare)) break;
      const command = this.#chain();
      const apart = this.#isSign('&');
      if (apart) this.#at += 1;
      commands.push(apart ? { kind: 'apart', line: next.line } : command);
      if (!apart && this.#next && !this.#isSign('\n', ';', ')', ';;', ';&', ';;&')) refuse('notUnderstood', { line: this.#next.line });
    }
    this.#depth -= 1;
    return commands;
  }

  #chain(): Command {
    const first = this.#pipeline();
    const rest: { sign: '&&' | '||'; command: Command }[] = [];
    for (;;) {
      const sign = this.#isSign('&&') ? '&&' : this.#isSign('||') ? '||' : undefined;
      if (sign === undefined) return rest.length === 0 ? first : { kind: 'chain', first, rest, line: first.line };
      this.#at += 1;
      this.#skipLines();
      rest.push({ sign, command: this.#pipeline() });
    }
  }

  #pipeline(): Command {
    const line = this.#next?.line ?? 0;
    if (this.#bare === '!') {
      this.#at += 1;
      return { kind: 'not', command: this.#pipeline(), line };
    }
    let command = this.#command();
    while (this.#isSign('|')) {
      this.#at += 1;
      this.#skipLines();
      this.#command();
      command = { kind: 'apart', line };
    }
    return command;
  }

  #command(): Command {
    const next = this.#next;
    if (!next) refuse('unfinished', { line: this.lexemes.at(-1)?.line ?? 0 });
    const { line } = next;
    if (this.#isSign('((')) return this.#skipTo('))', line);
    if (this.#isSign('(')) {
      this.#at += 1;
      this.list();
      this.#expectSign(')', line);
      this.#redirections();
      return { kind: 'apart', line };
    }
    if (next.kind === 'sign' && !redirections.has(next.sign)) refuse('notUnderstood', { line });
    const compound = this.#compound(this.#bare, line);
    if (compound) {
      this.#redirections();
      return compound;
    }
    return this.#simple(line);
  }

  #compound(word: string, line: number): Command | undefined {
    if (word === '[[') return this.#test(line);
    if (word === '{') {
      this.#at += 1;
      const body = this.list();
      this.#expect('}', line);
      return { kind: 'group', body, line };
    }
    if (word === 'if') return this.#if(line);
    if (word === 'for' || word === 'select') return this.#for(line);
    if (word === 'while' || word === 'until') {
      this.#at += 1;
      const condition = this.list();
      return { kind: 'sometimes', names: [], body: [...condition, ...this.#do(line)], line };
    }
    if (word === 'case') return this.#case(line);
    if (word === 'function') {
      this.#at += 1;
      return this.#function(line);
    }
    const after = this.lexemes[this.#at + 1];
    if (word !== '' && after?.kind === 'sign' && after.sign === '(') return this.#function(line);
    return undefined;
  }

  #if(line: number): Command {
    const branches: { condition: Command[]; body: Command[] }[] = [];
    do {
      this.#at += 1;
      const condition = this.list();
      this.#expect('then', line);
      branches.push({ condition, body: this.list() });
    } while (this.#bare === 'elif');
    let otherwise: Command[] = [];
    if (this.#bare === 'else') {
      this.#at += 1;
      otherwise = this.list();
    }
    this.#expect('fi', line);
    return { kind: 'if', branches, otherwise, line };
  }

  #for(line: number): Command {
    this.#at += 1;
    const names: string[] = [];
    if (this.#isSign('((')) this.#skipTo('))', line);
    else names.push(this.#bare);
    while (this.#next && !this.#isSign('\n', ';') && this.#bare !== 'do') this.#at += 1;
    return { kind: 'sometimes', names, body: this.#do(line), line };
  }

  #do(line: number): Command[] {
    while (this.#isSign('\n', ';')) this.#at += 1;
    this.#expect('do', line);
    const body = this.list();
    this.#expect('done', line);
    return body;
  }

  #case(line: number): Command {
    const body: Command[] = [];
    this.#at += 1;
    while (this.#next && this.#bare !== 'in') this.#at += 1;
    this.#expect('in', line);
    this.#skipLines();
    while (this.#bare !== 'esac') {
      while (this.#next && !this.#isSign(')')) this.#at += 1;
      this.#expectSign(')', line);
      body.push(...this.list());
      if (this.#isSign(';;', ';&', ';;&')) this.#at += 1;
      this.#skipLines();
    }
    this.#at += 1;
    return { kind: 'sometimes', names: [], body, line };
  }

  #function(line: number): Command {
    const name = this.#bare;
    this.#at += 1;
    if (this.#isSign('(')) {
      this.#at += 1;
      this.#expectSign(')', line);
    }
    this.#skipLines();
    return { kind: 'function', name, body: [this.#command()], line };
  }

  #test(line: number): Command {
    const start = this.#at + 1;
    while (this.#next && this.#bare !== ']]') this.#at += 1;
    const lexemes = this.lexemes.slice(start, this.#at);
    this.#expect(']]', line);
    return { kind: 'test', lexemes, line };
  }

  #simple(line: number): Command {
    const words: Word[] = [];
    let redirected = false;
    for (;;) {
      const next = this.#next;
      if (next?.kind === 'word') {
        words.push(next);
        this.#at += 1;
      } else if (next && redirections.has(next.sign)) {
        this.#at += 2;
        // what is thrown away, or only joined, is written nowhere
        const target = this.lexemes[this.#at - 1];
        const to = target?.kind === 'word' ? fixedOf(target) : undefined;
        if (to !== '/dev/null' && next.sign !== '>&' && next.sign !== '<&') redirected = true;
      } else return { kind: 'simple', words, redirected, line };
    }
  }

  #redirections(): void {
    for (let next = this.#next; next?.kind === 'sign' && redirections.has(next.sign); next = this.#next) this.#at += 2;
  }

  #skipTo(sign: string, line: number): Command {
    while (this.#next && !this.#isSign(sign)) this.#at += 1;
    this.#expectSign(sign, line);
    return { kind: 'apart', line };
  }

  #skipLines(): void {
    while (this.#isSign('\n')) this.#at += 1;
  }

  get #bare(): string {
    const next = this.#next;
    return next?.kind === 'word' ? (bareOf(next) ?? '') : '';
  }

  #isSign(...signs: string[]): boolean {
    const next = this.#next;
    return next?.kind === 'sign' && signs.includes(next.sign);
  }

  #expect(word: string, line: number): void {
    if (this.#bare !== word) refuse('unfinished', { line });
    this.#at += 1;
  }

  #expectSign(sign: string, line: number): void {
    if (!this.#isSign(sign)) refuse('unfinished', { line });
    this.#at += 1;
  }
}
