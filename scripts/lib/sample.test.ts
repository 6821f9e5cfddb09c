import { describe, expect, test } from 'vitest';
import { isPure, sampleStatements, startsNothing } from './sample';

const source = ['import a from "a";', '', '/** One. */', 'export function one() {', '  return 1;', '}', '', 'const two = 2;'].join('\n');

describe('what is broken in a sample', () => {
  test('one in one is every statement from its first line to where the next begins', () => {
    expect(sampleStatements('a.ts', source, 1)).toEqual([
      { from: 4, to: 7 },
      { from: 8, to: 8 },
    ]);
  });

  test('a file without statements has none', () => {
    expect(sampleStatements('a.ts', '', 1)).toEqual([]);
  });

  test('one in five is the same each time, other for another file, and about a fifth', () => {
    const many = Array.from({ length: 500 }, (_, index) => `const a${index} = ${index};`).join('\n');
    const found = sampleStatements('a.ts', many, 5);
    expect(found).toEqual(sampleStatements('a.ts', many, 5));
    expect(found).not.toEqual(sampleStatements('b.ts', many, 5));
    expect(found.length).toBeGreaterThan(60);
    expect(found.length).toBeLessThan(150);
  });
});

test.each([
  ['const a = (b: number) => b + 1;', true],
  ['// it asynchronously awaits nothing', true],
  ['export async function a() {}', false],
  ['const a = async () => 1;', false],
  ['await b();', false],
  ["import { useState } from 'react';", false],
  ["import { useQuery } from '@tanstack/react-query';", false],
  ["import { reactToNothing } from './react';", true],
])('what waits for something, or draws, decides nothing by itself: %s', (code, pure) => {
  expect(isPure(code)).toBe(pure);
});

test.each([
  ["import { planDeployment } from './plan';", true],
  ["import { text } from '@/lib/core/restore';", true],
  ["import type { NodeRow } from '@/lib/store/schema';", true],
  ["import type {\n  NodeRow,\n} from '@/lib/store/schema';\nimport { one } from './one';", true],
  ["import type { One } from './one';\nimport { openStore } from '@/lib/store';", false],
  ["import { openStore } from '@/lib/store';", false],
  ["import { startSandbox } from '@/lib/sandbox/testing/start';", false],
  ["import { lookAt } from './testing/rig-plan';", false],
  ["import { startTestPostgres } from '../test-postgres';", false],
  ["import { createServer } from 'node:http';", false],
  ["import { readWithBash } from './testing/openstacksdk';", false],
  ["import { openVaultServer } from './vault-server';", true],
  ['const began = process.cpuUsage();', false],
])('a test that starts something is not asked again and again: %s', (code, nothing) => {
  expect(startsNothing(code)).toBe(nothing);
});
