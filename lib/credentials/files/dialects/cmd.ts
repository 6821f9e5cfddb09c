import { refuseStrange } from '../marks';
import type { Value, Variables } from '../variables';
import { Collector, joined } from './collector';

const idle = /^@?(?:rem\b|::|echo\b|title\b|cls\b|setlocal\b|endlocal\b|goto\b|:\w|exit\b|pause\b)/i;

/**
 * Reads a batch file of Windows' cmd: `set NAME=value` takes all of the line, also blanks at its end; `%NAME%` is what was set before.
 * @throws Refusal naming the line
 */
export function readCmd(text: string): Variables {
  const found = new Collector((name) => name.toUpperCase());
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    const trimmed = raw.trimStart();
    const [whole, asked, quoted, name = ''] = /^@?set[ \t]+(\/p[ \t]+)?(")?([A-Za-z_]\w*)=/i.exec(trimmed) ?? [];
    if (whole === undefined) {
      if (trimmed !== '' && !idle.test(trimmed)) found.leave(line);
      continue;
    }
    const rest = trimmed.slice(whole.length);
    const value = quoted ? withinQuotes(rest) : unescaped(rest);
    if (asked) found.set(name, { why: 'asked', line }, line);
    else if (value === '') found.unset(name);
    else {
      refuseStrange(value, { line, column: raw.length - rest.length + 1 });
      found.set(name, expand(value, found, line), line);
    }
  }
  return found.variables();
}

// set "NAME=value" ends at the last quote of the line
function withinQuotes(rest: string): string {
  const end = rest.lastIndexOf('"');
  return end < 0 ? rest : rest.slice(0, end);
}

/** Without the carets that keep `&`, `|`, `<`, `>` from their meaning; what follows one of these unkept is another command. */
function unescaped(rest: string): string {
  let inQuotes = false;
  let value = '';
  for (let at = 0; at < rest.length; at += 1) {
    const next = rest[at] ?? '';
    if (next === '"') inQuotes = !inQuotes;
    if (!inQuotes && /[&|<>]/.test(next)) break;
    if (!inQuotes && next === '^') at += 1;
    value += rest[at] ?? '';
  }
  return value;
}

function expand(value: string, found: Collector, line: number): Value {
  const pieces = value.split(/(%[A-Za-z_]\w*%|%%)/);
  return joined(
    pieces.map((piece, index): Value => {
      if (index % 2 === 0) return { value: piece };
      if (piece === '%%') return { value: '%' };
      return found.get(piece.slice(1, -1)) ?? { why: 'notSet', line };
    }),
  );
}
