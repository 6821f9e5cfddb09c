import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { breakFiles } from './places';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'transat-places-'));
  writeFileSync(join(folder, 'a.ts'), 'export const one = (n: number) => n > 1;\n\nexport const two = (n: number) =>\n  n < 2;\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('code is broken where it was asked for, and each place is said as a reader finds it', async () => {
  const { code, places } = await breakFiles(folder, [{ path: 'a.ts', lines: [{ from: 3, to: 4 }] }]);
  expect(places.every(({ file, line }) => file === 'a.ts' && line >= 3)).toBe(true);
  expect(places.find(({ is }) => is === 'n >= 2')).toMatchObject({ line: 4, was: 'n < 2' });
  expect(Object.keys(code)).toEqual([join(folder, 'a.ts')]);
  // a loop that lost its end is ended by what is counted
  expect(code[join(folder, 'a.ts')]).toContain('It has no end');
});

test('a file in which nothing is to be broken stays whole', async () => {
  const { code, places } = await breakFiles(folder, [{ path: 'a.ts', lines: [] }]);
  expect(places).toEqual([]);
  expect(code[join(folder, 'a.ts')]).not.toContain('stryMutAct');
});
