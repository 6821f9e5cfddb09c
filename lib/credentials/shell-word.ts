/** A value that a shell would give to a variable; null where part of it is not known here. */
export type Word = { value: string | null } | { fault: string };

const command = { fault: 'would run a command. Nothing of a file is ever run here.' };
/** The longest value: each variable that is made of two others could else double it. */
const MOST_CHARACTERS = 16_384;
const tooLong = { fault: 'makes a value that is too long.' };
const unclosed = { fault: 'has a quote that is not closed.' };

/**
 * Reads the right side of an assignment as a POSIX shell would (IEEE Std 1003.1, 2.2 Quoting), without running anything: quotes,
 * escapes, `$NAME` and `${NAME}`. Whatever would run a command, or go on after the value, is a fault.
 * @param set what was assigned before; null: something that is not known
 */
export function readWord(text: string, set: ReadonlyMap<string, string | null>): Word {
  let value = '';
  let known = true;
  let rest = text;
  const takeVariable = (): boolean => {
    const [whole, braced, bare] = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/.exec(rest) ?? [];
    if (whole === undefined) return false;
    const found = set.get(braced ?? bare ?? '');
    if (found === null || found === undefined) known = false;
    else value += found;
    rest = rest.slice(whole.length);
    return true;
  };
  const take = (count: number): void => {
    value += rest.slice(0, count);
    rest = rest.slice(count);
  };

  while (rest !== '') {
    if (value.length > MOST_CHARACTERS) return tooLong;
    const first = rest[0];
    if (/^\s/.test(rest)) return /^\s+(#.*)?$/.test(rest) ? done() : { fault: 'goes on after the value.' };
    if (first === "'") {
      const end = rest.indexOf("'", 1);
      if (end < 0) return unclosed;
      value += rest.slice(1, end);
      rest = rest.slice(end + 1);
    } else if (first === '"') {
      const fault = readDoubleQuoted();
      if (fault) return fault;
    } else if (first === '\\') {
      rest = rest.slice(1);
      take(1);
    } else if (first === '`' || rest.startsWith('$(') || rest.startsWith("$'") || rest.startsWith('<(')) return command;
    else if (first === '$') {
      if (!takeVariable()) return { fault: 'has a “$” that is not understood.' };
    } else if (/^[;&|<>()]/.test(rest)) return command;
    else take(1);
  }
  return done();

  function done(): Word {
    if (value.length > MOST_CHARACTERS) return tooLong;
    return { value: known ? value : null };
  }

  function readDoubleQuoted(): Word | undefined {
    rest = rest.slice(1);
    while (rest !== '' && rest[0] !== '"') {
      if (rest[0] === '`' || rest.startsWith('$(')) return command;
      if (value.length > MOST_CHARACTERS) return tooLong;
      if (rest[0] === '\\' && /^\\[$`"\\]/.test(rest)) {
        rest = rest.slice(1);
        take(1);
      } else if (rest[0] !== '$' || !takeVariable()) take(1);
    }
    if (rest === '') return unclosed;
    rest = rest.slice(1);
    return undefined;
  }
}
