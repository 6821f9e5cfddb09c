import { describe, expect, it } from 'vitest';
import { splitTables } from './split-tables';

describe('a README', () => {
  it('is one run without tables', () => expect(splitTables('# A\n\ntext')).toEqual(['# A\n\ntext']));
  it('is split around its tables, and every row is as long as the head', () =>
    expect(splitTables('before\n\n| a | b |\n|---|:--:|\n| 1 | x \\| y |\n| 2 |\n\nafter')).toEqual([
      'before\n',
      {
        head: ['a', 'b'],
        rows: [
          ['1', 'x | y'],
          ['2', ''],
        ],
      },
      '\nafter',
    ]));
  it('leaves code with bars alone', () => {
    const code = '```\n| a |\n|---|\n```';
    expect(splitTables(code)).toEqual([code]);
  });
  it('takes bars without a rule for text', () => expect(splitTables('| a |\n| b |')).toEqual(['| a |\n| b |']));
});
