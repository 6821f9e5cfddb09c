import { refuseStrange } from '../marks';
import { refuse, remark } from '../remarks';
import { bounded, spans, type Unknown, type Value, type Variables } from '../variables';
import { decideTest } from './conditions';
import type { Command } from './parse';
import { assignmentOf, bareOf, fixedOf, type Part, type Word } from './words';

const MOST_STEPS = 50_000;
const MOST_CALLS = 4;
/** Commands that change no variable and reach nothing, so that nobody misses them. */
const idle = new Set(['echo', 'printf', ':', 'true', 'set', 'shift', 'setopt', 'unsetopt', 'shopt', 'alias', 'unalias']);
const declaring = new Set(['export', 'declare', 'typeset', 'local', 'readonly', 'setenv']);

/** What came of a command: whether it succeeded, as far as anybody can say here. */
type Outcome = boolean | undefined;
class Ended extends Error {}

/**
 * Follows what a script assigns, as a shell would that can run nothing: what depends on a command is not known, and what stands in a branch
 * that nobody can decide here may or may not be.
 * @throws Refusal naming the line
 */
export function follow(commands: readonly Command[]): Variables {
  const follower = new Follower();
  try {
    follower.list(commands);
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
  }
  return follower.variables();
}

class Follower {
  readonly #values = new Map<string, Value>();
  readonly #used = new Set<string>();
  readonly #functions = new Map<string, Command[]>();
  readonly #notRun: number[] = [];
  #steps = 0;
  #calls = 0;
  /** how many undecided branches one is in */
  #maybe = 0;
  /** something was not run that may have set anything */
  #estranged = false;

  variables(): Variables {
    const lines = spans(this.#notRun);
    return { values: this.#values, used: this.#used, remarks: lines === '' ? [] : [remark('notRun', { lines })] };
  }

  list(commands: readonly Command[]): Outcome {
    let outcome: Outcome = true;
    for (const command of commands) outcome = this.#run(command);
    return outcome;
  }

  #run(command: Command): Outcome {
    if (++this.#steps > MOST_STEPS) refuse('tooMuch', { count: MOST_STEPS });
    switch (command.kind) {
      case 'simple':
        return this.#simple(command.words, command.redirected, command.line);
      case 'test':
        return decideTest(command.lexemes, (word) => this.#condition(word));
      case 'not': {
        const outcome = this.#run(command.command);
        return outcome === undefined ? undefined : !outcome;
      }
      case 'chain':
        return this.#chain(command);
      case 'if':
        return this.#if(command);
      case 'sometimes':
        for (const name of command.names) this.#set(name, { why: 'notDecided', line: command.line }, command.line);
        this.#notRun.push(command.line);
        this.#perhaps(command.body);
        return undefined;
      case 'group':
        return this.list(command.body);
      case 'function':
        this.#functions.set(command.name, command.body);
        return true;
      case 'apart':
        this.#notRun.push(command.line);
        return undefined;
    }
  }

  #chain({ first, rest }: Extract<Command, { kind: 'chain' }>): Outcome {
    let outcome = this.#run(first);
    for (const { sign, command } of rest) {
      if (outcome === undefined) this.#perhaps([command]);
      else if (outcome === (sign === '&&')) outcome = this.#run(command);
    }
    return outcome;
  }

  #if({ branches, otherwise }: Extract<Command, { kind: 'if' }>): Outcome {
    for (const [index, { condition, body }] of branches.entries()) {
      const outcome = this.list(condition);
      if (outcome === true) return this.list(body);
      if (outcome === undefined) {
        this.#perhaps(body);
        for (const later of branches.slice(index + 1)) this.#perhaps([...later.condition, ...later.body]);
        this.#perhaps(otherwise);
        return undefined;
      }
    }
    return this.list(otherwise);
  }

  /** Follows what may or may not run: what it assigns is known no more. */
  #perhaps(commands: readonly Command[]): void {
    this.#maybe += 1;
    this.list(commands);
    this.#maybe -= 1;
  }

  #simple(words: readonly Word[], redirected: boolean, line: number): Outcome {
    const found = words.findIndex((word) => !assignmentOf(word));
    if (found < 0) {
      for (const word of words) this.#assign(word);
      return true;
    }
    const [head, ...rest] = words.slice(found);
    const name = head && (bareOf(head) ?? fixedOf(head));
    if (head === undefined || name === undefined) return this.#leave(line);
    // a blank that is none makes one word of two
    refuseBlanks(head);
    if (declaring.has(name)) return this.#declare(name, rest);
    if (name === 'unset') return this.#unset(rest, line);
    if (name === 'read') return this.#ask(rest, line);
    if (name === '[' || name === 'test') return decideTest(name === '[' ? rest.slice(0, -1) : rest, (word) => this.#condition(word));
    if (name === 'false') return false;
    if (name === 'return' || name === 'exit') {
      if (this.#maybe === 0) throw new Ended();
      return undefined;
    }
    const runs = rest.some(({ parts }) => parts.some(({ kind }) => kind === 'run'));
    if (idle.has(name) && !runs && !redirected) {
      for (const word of rest) this.#expand(word);
      return true;
    }
    const body = this.#functions.get(name);
    if (body === undefined || this.#calls > MOST_CALLS) return this.#leave(line);
    this.#calls += 1;
    this.#perhaps(body);
    this.#calls -= 1;
    return this.#leave(line);
  }

  /** Passes over a command. */
  #leave(line: number): undefined {
    this.#notRun.push(line);
    this.#estranged = true;
    return undefined;
  }

  #declare(command: string, words: readonly Word[]): Outcome {
    const [first, second, third] = words;
    if (command === 'setenv') {
      const name = first && fixedOf(first);
      if (first && name !== undefined && third === undefined) this.#set(name, second ? this.#valueOf(second) : { value: '' }, first.line);
      return true;
    }
    for (const word of words) {
      if (assignmentOf(word)) this.#assign(word);
      else refuseBlanks(word);
    }
    return true;
  }

  #assign(word: Word): void {
    const assignment = assignmentOf(word);
    if (!assignment) return;
    const { name, add, value } = assignment;
    const [first, last] = [value.parts[0], value.parts.at(-1)];
    if (first?.kind === 'text' && !first.quoted) refuseStrange(first.text, value);
    else if (last?.kind === 'text' && !last.quoted) refuseStrange(last.text, value);
    const found = this.#valueOf(value);
    const before = add ? this.#values.get(name) : undefined;
    const whole = before === undefined ? found : 'value' in before && 'value' in found ? { value: before.value + found.value } : before;
    this.#set(name, 'value' in whole ? { value: bounded(whole.value, value.line) } : whole, value.line);
  }

  #unset(words: readonly Word[], line: number): Outcome {
    for (const word of words) {
      const name = fixedOf(word);
      if (name === undefined) this.#forget(line);
      else if (this.#maybe > 0 && this.#values.has(name)) this.#values.set(name, { why: 'notDecided', line });
      else if (this.#maybe === 0) this.#values.delete(name);
    }
    return true;
  }

  /** What is unset is not known, so that nothing is. */
  #forget(line: number): void {
    this.#steps += this.#values.size;
    for (const name of this.#values.keys()) this.#values.set(name, { why: 'dependsOnRun', line });
  }

  /** `read` asks a person. */
  #ask(words: readonly Word[], line: number): Outcome {
    let skip = false;
    for (const word of words) {
      const text = fixedOf(word) ?? '';
      if (skip) skip = false;
      else if (text.startsWith('-')) skip = /[dinNptu]$/.test(text);
      else if (/^[A-Za-z_]\w*(\?.*)?$/s.test(text)) this.#set(text.split('?', 1)[0] ?? '', { why: 'asked', line }, line);
    }
    return true;
  }

  #set(name: string, value: Value, line: number): void {
    const before = this.#values.get(name);
    const same = before && 'value' in before && 'value' in value && before.value === value.value;
    this.#values.set(name, this.#maybe > 0 && !same ? { why: 'notDecided', line } : value);
  }

  #valueOf(word: Word): Value {
    const found = this.#expand(word);
    return 'value' in found && found.unset !== undefined ? { why: 'notSet', line: word.line } : found;
  }

  /** A word's value; `unset`: a variable in it that the file never set. */
  #expand(word: Word): { value: string; unset?: string } | Unknown {
    const { line } = word;
    let value = '';
    let unset: string | undefined;
    let unknown: Unknown | undefined;
    for (const part of word.parts) {
      if (part.kind === 'text') value += part.text;
      else if (part.kind === 'run') unknown ??= { why: 'wouldRun', line };
      else {
        const found = this.#variable(part, line);
        if (!('value' in found)) unknown ??= found.why === 'wouldRun' ? { why: 'dependsOnRun', line } : { why: found.why, line };
        else {
          value += found.value;
          unset ??= found.unset;
        }
      }
      bounded(value, line);
    }
    return unknown ?? { value, unset };
  }

  #variable(part: Extract<Part, { kind: 'variable' }>, line: number): { value: string; unset?: string } | Unknown {
    const { name, operator } = part;
    this.#used.add(name);
    if (/^[$!?-]$/.test(name)) return { why: 'dependsOnRun', line };
    // who pastes a file gives it no arguments
    const argument = /^[\d@*]/.test(name) ? '' : name === '#' ? '0' : undefined;
    const held: Value | undefined = argument === undefined ? this.#values.get(name) : { value: argument };
    const instead = () => this.#expand({ kind: 'word', parts: part.argument ?? [], line, column: 0 });
    if (operator === undefined) return held ?? { value: '', unset: name };
    if (held && !('value' in held)) return held;
    const isThere = held !== undefined && (held.value !== '' || !operator.startsWith(':'));
    const sign = operator.at(-1);
    if (sign === '+') return isThere ? instead() : { value: '' };
    if (isThere) return held;
    if (sign === '?') return { why: 'notSet', line };
    const found = instead();
    if (sign === '=') this.#set(name, 'value' in found ? { value: found.value } : found, line);
    return found;
  }

  /** A word of a condition: not known as well where it has a variable that something that was not run may have set. */
  #condition(word: Word): string | undefined {
    const found = this.#expand(word);
    if (!('value' in found)) return undefined;
    return found.unset !== undefined && this.#estranged && !found.unset.startsWith('OS_') ? undefined : found.value;
  }
}

function refuseBlanks(word: Word): void {
  for (const part of word.parts) {
    const at = part.kind === 'text' && !part.quoted ? part.text.search(/[\u00a0\u200b\u202f\u3000\ufeff]/) : -1;
    if (at >= 0 && part.kind === 'text') refuseStrange(part.text[at] ?? '', { line: word.line, column: word.column + at });
  }
}
