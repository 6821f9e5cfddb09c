import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint } from './files';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'print-'));
  mkdirSync(join(folder, 'deep/er'), { recursive: true });
  writeFileSync(join(folder, 'deep/er/recipe.yaml'), 'one');
  utimesSync(join(folder, 'deep/er/recipe.yaml'), 1000, 1000);
});
afterEach(() => rmSync(folder, { recursive: true }));

function print(...paths: string[]): string {
  const steps = fingerprint(paths.length > 0 ? paths : [folder]);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

test.each<[string, () => void]>([
  ['a file is longer', () => writeFileSync(join(folder, 'deep/er/recipe.yaml'), 'longer')],
  [
    'a file is longer, and says that it is as old',
    () => {
      writeFileSync(join(folder, 'deep/er/recipe.yaml'), 'longer');
      utimesSync(join(folder, 'deep/er/recipe.yaml'), 1000, 1000);
    },
  ],
  ['a file of the same length was written later', () => utimesSync(join(folder, 'deep/er/recipe.yaml'), 2000, 2000)],
  ['a file is there in addition', () => writeFileSync(join(folder, 'more'), '')],
  ['a link that leads nowhere is there', () => symlinkSync('/no/such/file', join(folder, 'link'))],
  ['a file is gone', () => rmSync(join(folder, 'deep/er/recipe.yaml'))],
])('what a folder holds is another when %s', (_, change) => {
  const before = print();
  expect(print()).toBe(before);
  change();
  expect(print()).not.toBe(before);
});

test('a folder that is not there holds nothing', () => {
  expect(print(join(folder, 'none'))).toBe('');
  expect(print(folder, join(folder, 'none'))).toBe(print());
});
