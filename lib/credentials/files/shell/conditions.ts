import { bareOf, type Lexeme, type Word } from './words';

/**
 * What `[ … ]` or `[[ … ]]` comes to, where that can be said.
 * @param known a word's value; undefined where it is not known
 */
export function decideTest(lexemes: readonly Lexeme[], known: (word: Word) => string | undefined): boolean | undefined {
  const words: Word[] = [];
  for (const lexeme of lexemes) {
    // brackets, && and || within [[ ]] are left undecided
    if (lexeme.kind !== 'word') return undefined;
    words.push(lexeme);
  }
  const [first, second, third] = words;
  if (first && bareOf(first) === '!') {
    const outcome = decideTest(words.slice(1), known);
    return outcome === undefined ? undefined : !outcome;
  }
  if (first === undefined || words.length > 3) return words.length === 0 ? false : undefined;
  if (second === undefined) return isFull(known(first));
  const unary = bareOf(first);
  if (third === undefined) {
    if (unary === '-n') return isFull(known(second));
    if (unary !== '-z') return undefined;
    const full = isFull(known(second));
    return full === undefined ? undefined : !full;
  }
  const operator = bareOf(second);
  const [left, right] = [known(first), known(third)];
  // patterns of [[ == ]] are left undecided
  if (left === undefined || right === undefined || /[*?[\]]/.test(right)) return undefined;
  if (operator === '=' || operator === '==' || operator === '-eq') return left === right;
  if (operator === '!=' || operator === '-ne') return left !== right;
  return undefined;
}

const isFull = (value: string | undefined): boolean | undefined => (value === undefined ? undefined : value !== '');
