import { expand, type Names, UNKNOWN } from './expand';
import { words } from './scan';

/** Commands that look whether something is there already; on a machine that has just been made it is not. */
const looks =
  /^(?:grep|systemctl\s+(?:--?\w+\s+)*is-(?:active|enabled)|id|getent|findmnt|blkid|dpkg(?:-query)?|pgrep|cmp|diff|compgen|systemd-detect-virt|ip\s+link\s+show|kubectl\s+(?:-n\s+\S+\s+)?get|helm\s+status|lsmod)\b/;
const numbers: Record<string, (one: number, other: number) => boolean> = {
  '-eq': (one, other) => one === other,
  '-ne': (one, other) => one !== other,
  '-lt': (one, other) => one < other,
  '-le': (one, other) => one <= other,
  '-gt': (one, other) => one > other,
  '-ge': (one, other) => one >= other,
};

/** The name under which it is known that something is mounted at a path. */
export const mountedAt = (path: string) => `mounted at ${path}`;

/** Whether a command would succeed on a fresh machine where nothing goes wrong. */
export function succeeds(command: string, names: Names): boolean {
  const text = command.trim();
  if (text.startsWith('! ')) return !succeeds(text.slice(2), names);
  const bracket = /^\[\[?\s+([\s\S]*?)\s+\]\]?$/.exec(text) ?? /^test\s+([\s\S]*)$/.exec(text);
  if (bracket) return holds(words(bracket[1] ?? '').map((word) => expand(word, names)));
  if (text.startsWith('((') || text === 'false') return false;
  const mount = /^mountpoint\s+(?:-\w+\s+)*([\s\S]+)$/.exec(text);
  if (mount) return mountedAt(expand(mount[1] ?? '', names)) in names;
  // of a pipe, the last command says how it went
  const last = text.split(/\s\|\s/).at(-1) ?? text;
  return !looks.test(last.trim());
}

function holds(test: string[]): boolean {
  if (test[0] === '!') return !holds(test.slice(1));
  const [first = '', operator = '', second = ''] = test;
  if (test.length === 1) return first !== '';
  if (test.length === 2) {
    if (first === '-n') return operator !== '';
    if (first === '-z') return operator === '';
    // files of our own are not there yet
    return false;
  }
  const same = operator === '=' || operator === '==' || operator === '-eq';
  // what nobody knows is as a script hopes: it is compared to find out that it is not
  if (first.includes(UNKNOWN) || second.includes(UNKNOWN)) return same;
  const compare = numbers[operator];
  if (compare) return compare(Number(first), Number(second));
  if (operator === '!=') return !fits(first, second);
  return same && fits(first, second);
}

/** Whether a text is as a pattern of shell with `*` says. */
export function fits(text: string, pattern: string): boolean {
  const body = pattern.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  return new RegExp(`^${body}$`, 's').test(text);
}
