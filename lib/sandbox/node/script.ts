import type { Step } from '@/lib/nodes/protocol';
import { expand, type Names, UNKNOWN } from './expand';
import { plausible } from './plausible';
import { said } from './said';
import { split, words } from './scan';
import { readScript, type Statement } from './shell';
import { fits, mountedAt, succeeds } from './truth';

/** What a step would print and hand back, told from its script without running it. */
export interface Telling {
  lines: string[];
  outputs: Record<string, string>;
  /** how long it seems to take, in seconds at normal speed */
  seconds: number;
}

/** What is known of the machine. */
export interface Machine {
  /** what commands would answer: `{nproc: '4'}` */
  answers: Names;
  /** where volumes are mounted */
  mounts: string[];
}

type Course = 'on' | 'break' | 'stop';
const MOST_SECONDS = 6;
const MOST_LINES = 200;
const MOST_DEPTH = 12;
const MOST_STATEMENTS = 20_000;
const failing = /(?:^|[;{\n]\s*)(?:exit|return)\s+[1-9]|^\s*(?:false|die|fail)\b/;

/**
 * Walks through a script as bash would on a fresh machine where all goes well, and gathers what it prints (`log`, `echo`,
 * packages, services, waits) and hands back (`output NAME VALUE`).
 */
export function tell(step: Step, machine: Machine = { answers: {}, mounts: [] }): Telling {
  const walk = new Walk(step, machine);
  const lines = step.downloads
    .filter((download) => download.kind === 'file')
    .map((download) => `Fetching ${download.url.split('/').at(-1)} ${download.version} from ${download.url}.`);
  walk.run(readScript(step.script));
  const all = [...lines, ...walk.lines].map((line) => line.replaceAll(UNKNOWN, '…'));
  const length = step.script.split('\n').length;
  return { lines: all, outputs: walk.outputs, seconds: Math.min(1.2 + length * 0.015 + all.length * 0.15, MOST_SECONDS) };
}

class Walk {
  readonly lines: string[] = [];
  readonly outputs: Record<string, string> = {};
  readonly #env: Names;
  readonly #version: string | undefined;
  /** variables as they are, and as they may be shown: without secrets */
  readonly #real: Names;
  readonly #shown: Names;
  readonly #functions = new Map<string, Statement[]>();
  #depth = 0;
  #taken = 0;

  constructor(step: Step, machine: Machine) {
    const known = Object.fromEntries(
      Object.entries({ hostname: step.env.NODE_NAME ?? UNKNOWN, ...machine.answers }).map(([name, value]) => [`$(${name})`, value]),
    );
    this.#env = step.env;
    this.#version = step.downloads[0]?.version;
    const mounted = Object.fromEntries(machine.mounts.map((path) => [mountedAt(path), 'yes']));
    this.#real = { ...known, ...mounted, ...step.env };
    this.#shown = { ...this.#real, ...Object.fromEntries(step.secretEnv.map((name) => [name, '***'])) };
  }

  run(statements: Statement[]): Course {
    for (const statement of statements) {
      this.#taken += 1;
      const course = this.lines.length > MOST_LINES || this.#taken > MOST_STATEMENTS ? 'stop' : this.#take(statement);
      if (course !== 'on') return course;
    }
    return 'on';
  }

  #take(statement: Statement): Course {
    switch (statement.kind) {
      case 'run':
        return this.#chain(statement.text);
      case 'if': {
        const arm = statement.arms.find(({ condition, body }) => !goesWrong(body) && this.#allSucceed(condition));
        return this.run(arm?.body ?? (goesWrong(statement.otherwise) ? [] : statement.otherwise));
      }
      case 'for':
        return this.#for(statement.name, statement.words, statement.body);
      case 'case': {
        const word = expand(statement.word, this.#real);
        return this.run(statement.arms.find(({ patterns }) => patterns.some((pattern) => fits(word, pattern)))?.body ?? []);
      }
      case 'function':
        this.#functions.set(statement.name, statement.body);
        return 'on';
      default:
        // what is waited for has come before anybody looks
        return 'on';
    }
  }

  #for(name: string, list: string[], body: Statement[]): Course {
    const values = list.flatMap((word) => {
      const real = expand(word, this.#real);
      const isList = !/^["'].*["']$/s.test(word) || /\[@\]\}"?$/.test(word);
      const shown = expand(word, this.#shown);
      return isList
        ? real
            .split(/\s+/)
            .filter(Boolean)
            .map((value, index) => ({ value, shown: shown.split(/\s+/)[index] ?? value }))
        : [{ value: real, shown }];
    });
    for (const { value, shown } of values) {
      this.#real[name] = value;
      this.#shown[name] = shown;
      const course = this.run(body);
      if (course === 'stop') return course;
      if (course === 'break') break;
    }
    return 'on';
  }

  /** `a && b || c`: each part runs if what stands before it lets it. */
  #chain(text: string): Course {
    const parts = links(text);
    let good = true;
    let course: Course = 'on';
    for (const [index, { part, sign }] of parts.entries()) {
      const next = parts[index + 1];
      if (sign && (sign === '&&') !== good) continue;
      if (sign === '||' && failing.test(part.replace(/^\s*\{\s*/, ''))) continue;
      const isLast = next === undefined;
      // a check before `|| exit 1` is one that passes
      const checked = next?.sign === '||' && failing.test(next.part.replace(/^\s*\{\s*/, ''));
      course = this.#command(part);
      if (course !== 'on') return course;
      good = isLast || checked || succeeds(part, this.#real);
    }
    return course;
  }

  #allSucceed(condition: string): boolean {
    let good = true;
    for (const { part, sign } of links(condition)) if (sign === null || (sign === '&&') === good) good = succeeds(part, this.#real);
    return good;
  }

  #command(text: string): Course {
    const command = text.trim();
    const group = /^(?:\{\s([\s\S]*)\}|\(([\s\S]*)\))/.exec(command);
    if (group) return this.run(readScript(group[1] ?? group[2] ?? ''));
    const [first = '', ...rest] = words(command);
    if (first === 'exit' || first === 'return') return 'stop';
    if (first === 'break' || first === 'continue') return 'break';
    if (this.#assign(command)) return 'on';
    const body = this.#functions.get(first);
    if (body) return this.#call(body, rest);
    if (first === 'output') {
      const name = expand(rest[0] ?? '', this.#real);
      this.outputs[name] = plausible(name, expand(rest.slice(1).join(' '), this.#real), this.#env, this.#version);
      return 'on';
    }
    const handed = /^echo\s+"(\w+)=([\s\S]*)"\s*>>\s*"?\$\{?TRANSAT_OUTPUTS/.exec(command);
    if (handed?.[1]) this.outputs[handed[1]] = plausible(handed[1], expand(handed[2] ?? '', this.#real), this.#env, this.#version);
    else this.lines.push(...said(command, this.#shown));
    return 'on';
  }

  #call(body: Statement[], given: string[]): Course {
    if (this.#depth > MOST_DEPTH) return 'on';
    this.#depth += 1;
    for (let index = 1; index < 10; index++) {
      const word = given[index - 1];
      this.#real[index] = word === undefined ? '' : expand(word, this.#real);
      this.#shown[index] = word === undefined ? '' : expand(word, this.#shown);
    }
    const course = this.run(body);
    this.#depth -= 1;
    // a function that returns ends itself only
    return course === 'break' ? course : 'on';
  }

  /** Notes what a command sets: variables, and arrays that are read from a variable's text. @returns whether it was only that */
  #assign(command: string): boolean {
    const array = /(?:^|\s)(?:read\s+(?:-\w+\s+)*-a\s+(\w+)|mapfile\s+-t\s+(\w+))[\s\S]*?<<<\s*("[^"]*"|\S+)/.exec(command);
    if (array) {
      const name = array[1] ?? array[2] ?? '';
      const separator = /IFS=(\S)/.exec(command)?.[1] ?? (array[2] ? '\n' : /\s+/);
      for (const names of [this.#real, this.#shown]) {
        const items = expand(array[3] ?? '', names)
          .split(separator)
          .filter(Boolean);
        names[`${name}[@]`] = items.join(' ');
        names[`#${name}[@]`] = String(items.length);
      }
      return true;
    }
    const parts = words(command.replace(/^(?:local|readonly|export|declare)\s+(?:-\w+\s+)*/, ''));
    if (parts.length === 0 || !parts.every((part) => /^\w+=/.test(part))) return false;
    for (const part of parts) {
      const name = part.slice(0, part.indexOf('='));
      const value = part.slice(name.length + 1);
      if (value.startsWith('(')) {
        for (const names of [this.#real, this.#shown])
          setArray(
            names,
            name,
            words(value.slice(1, -1)).map((word) => expand(word, names)),
          );
        continue;
      }
      const [real, shown] = [expand(value, this.#real), expand(value, this.#shown)];
      this.#real[name] = real;
      this.#shown[name] = shown;
    }
    return true;
  }
}

function setArray(names: Names, name: string, items: string[]): void {
  names[`${name}[@]`] = items.join(' ');
  names[`#${name}[@]`] = String(items.length);
}

/** A chain's commands, each with the `&&` or `||` before it. */
function links(text: string): { part: string; sign: '&&' | '||' | null }[] {
  return split(text, '&&').flatMap((all, outer) =>
    split(all, '||').map((part, inner) => ({ part, sign: inner > 0 ? ('||' as const) : outer > 0 ? ('&&' as const) : null })),
  );
}

/** Whether statements end in giving up: they are only for when something is wrong. */
function goesWrong(body: Statement[]): boolean {
  return body.some((statement) => statement.kind === 'run' && failing.test(statement.text));
}
