import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failuresIn } from './failures';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'transat-failures-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test('units: each that failed with its words, and a file that could not be loaded', () => {
  const file = report({
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          { fullName: 'good', status: 'passed', failureMessages: [] },
          { fullName: 'bad', status: 'failed', failureMessages: ['\u001b[31mexpected 1\u001b[39m\n\nto be 2'] },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      { name: 'c.test.ts', status: 'passed', message: '', assertionResults: [] },
    ],
  });
  expect(failuresIn(file)).toEqual(['a.test.ts: bad\n    expected 1\n    to be 2', 'b.test.ts\n    no such module']);
});

test('journeys: what each try said, and nothing of those that went well at last', () => {
  const results = [{ errors: [{ message: Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\n') }] }, { errors: [] }];
  const spec = (title: string, status: string) => ({ title, file: 'people.spec.ts', tests: [{ status, results }] });
  const file = report({ suites: [{ specs: [spec('flaky', 'flaky')], suites: [{ specs: [spec('bad', 'unexpected')] }] }] });
  const [only = '', ...others] = failuresIn(file);
  expect(others).toEqual([]);
  expect(only.split('\n').slice(0, 3)).toEqual(['people.spec.ts: bad', 'try 1:', '    line 0']);
  expect(only).toContain('    line 11\ntry 2:');
  expect(only).not.toContain('line 12');
});

test('nothing of a report that is missing or is none', () => {
  expect(failuresIn(join(folder, 'none'))).toEqual([]);
  expect(failuresIn(report('{'))).toEqual([]);
  expect(failuresIn(report({ stats: {} }))).toEqual([]);
});
