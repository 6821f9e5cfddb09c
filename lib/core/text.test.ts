import { expect, test } from 'vitest';
import { tidyText } from './text';

test.each([
  ['plain', 'Zürich, 東京 🦆\n\tend\r\n', 'Zürich, 東京 🦆\n\tend\r\n'],
  ['NUL', 'a\u0000b', 'ab'],
  ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
  ['a lone escape', 'a\u001bb', 'ab'],
  ['C1 and DEL', 'a\u0085b\u007fc', 'abc'],
  ['what turns a line around', 'exe\u202etxt\u2066x\u2069', 'exetxtx'],
  ['half a pair', 'a\ud800b', 'a\ufffdb'],
])('%s', (_name, text, tidy) => {
  expect(tidyText(text)).toBe(tidy);
});
