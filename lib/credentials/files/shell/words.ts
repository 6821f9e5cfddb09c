/** A piece of a word of a shell script. */
export type Part =
  | { kind: 'text'; text: string; quoted: boolean }
  /** `$NAME` and `${NAME}`; with `:-` and its kin, and what stands behind them */
  | { kind: 'variable'; name: string; operator?: Operator; argument?: Part[] }
  /** what only a shell could find out: `$(…)`, backticks, arithmetic */
  | { kind: 'run' };
export type Operator = ':-' | '-' | ':=' | '=' | ':+' | '+' | ':?' | '?';

/** A word or a sign of a shell script, with where it begins; lines and columns count from 1. */
export type Lexeme = TextPosition & ({ kind: 'word'; parts: Part[] } | { kind: 'sign'; sign: string });
export interface TextPosition {
  line: number;
  column: number;
}
export type Word = Extract<Lexeme, { kind: 'word' }>;

/** A word's text where all of it stands in the file without quotes: that is how reserved words and names of commands are told. */
export function bareOf(word: Word): string | undefined {
  const [part, more] = word.parts;
  return part?.kind === 'text' && !part.quoted && more === undefined ? part.text : undefined;
}

/** A word's text where nothing of it depends on variables. */
export function fixedOf(word: Word): string | undefined {
  return word.parts.every((part) => part.kind === 'text')
    ? word.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
    : undefined;
}

/** Splits `NAME=value`. */
export function assignmentOf(word: Word): { name: string; add: boolean; value: Word } | undefined {
  const [first, ...rest] = word.parts;
  if (first?.kind !== 'text' || first.quoted) return undefined;
  const [whole, name, add] = /^([A-Za-z_]\w*)(\+?)=/.exec(first.text) ?? [];
  if (whole === undefined || name === undefined) return undefined;
  const left = first.text.slice(whole.length);
  const parts: Part[] = left === '' ? rest : [{ ...first, text: left }, ...rest];
  return { name, add: add === '+', value: { ...word, column: word.column + whole.length, parts } };
}
