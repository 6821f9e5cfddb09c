import { refuseFirstStrange, refuseStrange } from '../marks';
import { refuse } from '../remarks';
import type { Value, Variables } from '../variables';
import { Collector, joined } from './collector';

const idle = /^(?:echo|printf|true|status|return|exit)$/;
const blocks = /^(?:if|for|while|switch|function|begin|else|case|end)$/;

/**
 * Reads a file of the fish shell: `set -gx NAME value`, `set -e NAME`, `read … NAME`, and `export NAME=value`. What stands in a block
 * may or may not run, so that what it sets is not known.
 * @throws Refusal naming the line
 */
export function readFish(text: string): Variables {
  const found = new Collector();
  let depth = 0;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    for (const words of readLine(raw, found, line)) {
      const [head, ...rest] = words;
      const command = head && 'value' in head.value ? head.value.value : '';
      const set = (name: string, value: Value) => found.set(name, depth > 0 ? { why: 'notDecided', line } : value, line);
      if (blocks.test(command)) {
        if (command === 'end') depth = Math.max(0, depth - 1);
        else if (!/^(?:else|case)$/.test(command)) depth += 1;
        if (command !== 'end') found.leave(line);
      } else if (command === 'set') assign(rest, found, set);
      else if (command === 'export') exportAll(rest, set);
      else if (command === 'read')
        for (const { value } of rest)
          if ('value' in value && /^[A-Za-z_]\w*$/.test(value.value)) set(value.value, { why: 'asked', line });
          else if (head && !idle.test(command)) found.leave(line);
    }
  }
  return found.variables();
}

interface Word {
  value: Value;
  column: number;
}

function assign(words: readonly Word[], found: Collector, set: (name: string, value: Value) => void): void {
  const texts = words.map(({ value }) => ('value' in value ? value.value : ''));
  const at = texts.findIndex((text) => !text.startsWith('-'));
  const name = texts[at];
  if (name === undefined) return;
  if (texts.slice(0, at).some((flag) => /^(?:-[a-zA-Z]*e[a-zA-Z]*|--erase)$/.test(flag))) {
    for (const each of texts.slice(at)) found.unset(each);
    return;
  }
  // a list is handed to programs with blanks between
  const values = words.slice(at + 1).flatMap(({ value }, index) => (index === 0 ? [value] : [{ value: ' ' }, value]));
  set(name, joined(values));
}

function exportAll(words: readonly Word[], set: (name: string, value: Value) => void): void {
  for (const { value } of words) {
    if (!('value' in value)) continue;
    const [whole, name] = /^([A-Za-z_]\w*)=/.exec(value.value) ?? [];
    if (whole !== undefined && name !== undefined) set(name, { value: value.value.slice(whole.length) });
  }
}

/** The commands of a line, each as its words. */
function readLine(text: string, found: Collector, line: number): Word[][] {
  const commands: Word[][] = [[]];
  let at = 0;
  while (at < text.length) {
    const next = text[at] ?? '';
    if (next === '#') break;
    if (next === ' ' || next === '\t') at += 1;
    else if (/[;&|<>]/.test(next)) {
      commands.push([]);
      at += 1;
    } else {
      const word = readWord(text, at, found, line);
      commands.at(-1)?.push({ value: joined(word.pieces), column: at + 1 });
      at = word.end;
    }
  }
  return commands;
}

function readWord(text: string, start: number, found: Collector, line: number): { pieces: Value[]; end: number } {
  const pieces: Value[] = [];
  let quote = '';
  let at = start;
  let plain = '';
  for (; at < text.length; at += 1) {
    const next = text[at] ?? '';
    if (quote === '' && /[\s;&|<>]/.test(next)) break;
    const variable =
      quote === "'" || (next !== '$' && next !== '{') ? undefined : /^(?:\{\$(\w+)\}|\$(\w+))/.exec(text.slice(at, at + 300));
    if (next === quote) quote = '';
    else if (quote === '' && (next === '"' || next === "'")) quote = next;
    else if (
      next === '\\' &&
      at + 1 < text.length &&
      (quote === '' || `${quote}\\${quote === '"' ? '$' : ''}`.includes(text[at + 1] ?? ''))
    ) {
      at += 1;
      pieces.push({ value: text[at] ?? '' });
    } else if (variable) {
      pieces.push(found.get(variable[1] ?? variable[2] ?? '') ?? { why: 'notSet', line });
      at += variable[0].length - 1;
    } else if ((next === '(' && quote === '') || (next === '$' && text[at + 1] === '(' && quote !== "'")) {
      pieces.push({ why: 'wouldRun', line });
      at = skipBrackets(text, at, line);
    } else {
      if (quote === '') plain += next;
      pieces.push({ value: next });
    }
  }
  if (quote !== '') {
    refuseFirstStrange(text.slice(start), { line, column: start + 1 });
    refuse('unclosed', { line });
  }
  if (plain.length === at - start) refuseStrange(plain, { line, column: start + 1 });
  return { pieces, end: at };
}

/** The place of the bracket that closes the next one. */
function skipBrackets(text: string, start: number, line: number): number {
  let open = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '(') open += 1;
    if (text[at] === ')' && --open === 0) return at;
  }
  return refuse('unfinished', { line });
}
