import { cpSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import type { Surroundings } from './compose';
import { openImports } from './imports';
import { reloading } from './reloading';

let root: string;
let clock: ManualClock;
beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), 'reload-')), 'recipes');
  cpSync(resolve(import.meta.dirname, '../../recipes/virtual-machine'), join(root, 'virtual-machine'), { recursive: true });
  cpSync(resolve(import.meta.dirname, '../../recipes/types'), join(root, 'types'), { recursive: true });
  clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
});
afterEach(() => rmSync(dirname(root), { recursive: true }));

function opened() {
  const around: Surroundings = {
    openImports: () => openImports(() => root, join(root, 'types/transat.yaml')),
    show: (file) => file,
    note: ({ message }) => ({ path: '', line: 1, column: 1, message }),
  };
  return reloading([root], around, clock);
}
const touch = () => {
  writeFileSync(join(root, 'virtual-machine/README.md'), 'another');
  utimesSync(join(root, 'virtual-machine/README.md'), clock.now(), clock.now());
};

test('the folders are looked at again after two seconds, not before, and read again only when they have changed', async () => {
  const library = opened();
  const first = library.current();
  touch();
  clock.advance(1999);
  expect(library.current()).toBe(first);
  await library.settled();
  expect(library.current()).toBe(first);
  clock.advance(1);
  expect(library.current()).toBe(first);
  await library.settled();
  const second = library.current();
  expect(second).not.toBe(first);
  clock.advance(2000);
  library.current();
  await library.settled();
  expect(library.current()).toBe(second);
});

test('nothing is begun by waiting for what was never asked for but the first look', async () => {
  const library = opened();
  await library.settled();
  const first = library.current();
  touch();
  await library.settled();
  expect(library.current()).toBe(first);
});
