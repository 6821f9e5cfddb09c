import { describe, expect, test } from 'vitest';
import { bareOf, fixedOf, type Part, type Word } from './words';

const word = (...parts: Part[]): Word => ({ kind: 'word', line: 1, column: 1, parts });
const bare: Part = { kind: 'text', text: 'a', quoted: false };
const quoted: Part = { kind: 'text', text: 'b', quoted: true };
const variable: Part = { kind: 'variable', name: 'N' };

describe('the text of a word', () => {
  test.each<[string, Word, bareText: string | undefined, fixed: string | undefined]>([
    ['without quotes', word(bare), 'a', 'a'],
    ['in quotes', word(quoted), undefined, 'b'],
    ['of both', word(bare, quoted), undefined, 'ab'],
    ['with a variable', word(bare, variable), undefined, undefined],
    ['that only runs', word({ kind: 'run' }), undefined, undefined],
    ['of nothing', word(), undefined, ''],
  ])('%s', (_, each, bareText, fixed) => expect([bareOf(each), fixedOf(each)]).toEqual([bareText, fixed]));
});
