import { refuse } from '../remarks';
import type { Value, Variables } from '../variables';
import { Collector, joined } from './collector';

const assignment = /^\$(?:\{env:(\w+)\}|env:(\w+)|(?:(?:script|global|local):)?(\w+))[ \t]*=[ \t]*/i;
const setItem = /^set-item[ \t]+(?:-path[ \t]+)?["']?env:\\?(\w+)["']?[ \t]+(?:-value[ \t]+)?/i;
const setMethod = /^\[(?:system\.)?environment\]::setenvironmentvariable\([ \t]*["'](\w+)["'][ \t]*,[ \t]*/i;
const removal = /^(?:remove-item|ri|del)[ \t]+(?:-path[ \t]+)?["']?env:\\?(\w+)/i;
const idle = /^(?:write-(?:host|output|verbose)\b|param\b|echo\b|set-strictmode\b|[{}]$)/i;
/** PowerShell takes typographic quotes for plain ones. */
const doubles = '"“”„';
const singles = "'‘’‚‛";
const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', '0': '\0' };

/**
 * Reads a PowerShell script: `$env:NAME = "value"`, `Set-Item`, `[Environment]::SetEnvironmentVariable`; `Read-Host` asks a person.
 * @throws Refusal naming the line
 */
export function readPowerShell(text: string): Variables {
  const found = new Collector((name) => (/^os_/i.test(name) ? name.toUpperCase() : name.toLowerCase()));
  let comment = false;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    const start = raw.trim();
    if (start.startsWith('<#')) comment = true;
    if (comment) {
      comment = !start.includes('#>');
      continue;
    }
    if (start === '' || start.startsWith('#')) continue;
    const gone = removal.exec(start)?.[1];
    const [whole, ...names] = assignment.exec(start) ?? setItem.exec(start) ?? setMethod.exec(start) ?? [];
    const name = names.find((each) => each !== undefined);
    if (gone) found.unset(gone);
    else if (whole !== undefined && name !== undefined) found.set(name, readValue(start.slice(whole.length), found, line), line);
    else if (!idle.test(start)) found.leave(line);
  }
  return found.variables();
}

/** The first expression of a text: a string, a variable or a number; all else would have to be run. */
function readValue(text: string, found: Collector, line: number): Value {
  const first = text[0] ?? '';
  if (singles.includes(first)) return { value: within(text, singles, line, (piece) => piece).join('') };
  if (doubles.includes(first)) return readDouble(text, found, line);
  const variable = /^\$(?:\{env:(\w+)\}|env:(\w+)|(\w+))[ \t]*(?:[;#)]|$)/i.exec(text);
  if (variable) return found.get(variable[1] ?? variable[2] ?? variable[3] ?? '') ?? { why: 'notSet', line };
  const number = /^(\d+)[ \t]*(?:[;#)]|$)/.exec(text)?.[1];
  if (number !== undefined) return { value: number };
  if (/^\$null\b/i.test(text)) return { value: '' };
  return { why: /read-host|get-credential/i.test(text) ? 'asked' : 'wouldRun', line };
}

/** Pieces of what stands between quotes; a quote that is doubled is one. */
function within<T>(text: string, quotes: string, line: number, make: (piece: string) => T): T[] {
  const pieces: T[] = [];
  let start = 1;
  for (let at = 1; at < text.length; at += 1) {
    const next = text[at] ?? '';
    if (quotes === doubles && next === '`') at += 1;
    else if (quotes.includes(next)) {
      pieces.push(make(text.slice(start, at)));
      if (!quotes.includes(text[at + 1] || ' ')) return pieces;
      pieces.push(make(next));
      at += 1;
      start = at + 1;
    }
  }
  return refuse('unclosed', { line });
}

function readDouble(text: string, found: Collector, line: number): Value {
  return joined(
    within(text, doubles, line, (piece) =>
      joined(
        piece.split(/(`[\s\S]|\$\{env:\w+\}|\$env:\w+|\$\{\w+\}|\$\(|\$\w+)/i).map((part, index): Value => {
          if (index % 2 === 0) return { value: part };
          if (part.startsWith('`')) return { value: escapes[part[1] ?? ''] ?? part.slice(1) };
          if (part === '$(') return { why: 'wouldRun', line };
          return found.get(part.replaceAll(/^\$\{?(?:env:)?|\}$/gi, '')) ?? { why: 'notSet', line };
        }),
      ),
    ),
  );
}
