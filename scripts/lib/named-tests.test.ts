import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checkNamedTests, testsNamedIn } from './named-tests';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'transat-named-'));
  mkdirSync(join(folder, 'docs'));
  writeFileSync(join(folder, 'a.test.ts'), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

const judge = (text: string) => {
  writeFileSync(join(folder, 'docs/security.md'), text);
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  const code = checkNamedTests(folder);
  const words = said.mock.calls.flat().join('\n');
  said.mockRestore();
  return { code, words };
};

test('tests are what stands in backticks and ends as one', () => {
  expect(testsNamedIn('`a.test.ts`, `e/b.spec.ts`, `c.journey.ts`, `a.test.ts`, `lib/d.ts`, e.test.ts')).toEqual([
    'a.test.ts',
    'e/b.spec.ts',
    'c.journey.ts',
  ]);
});

test('a page whose tests are there is good', () => {
  expect(judge('promised: `a.test.ts`')).toEqual({ code: 0, words: '' });
});

test.each([
  ['names what is not there', '`a.test.ts` and `b.test.ts`', 'b.test.ts'],
  ['names none', 'all is well', 'names no test'],
])('a page that %s is not', (_, text, words) => {
  expect(judge(text)).toEqual({ code: 1, words: expect.stringContaining(words) });
});
