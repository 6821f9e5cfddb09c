import { globSync, readFileSync } from 'node:fs';
import { twMerge } from 'tailwind-merge';
import { expect, it } from 'vitest';
import { cn } from './cn';

const texts = globSync('{app,components}/**/*.tsx').map((file) => readFileSync(file, 'utf8'));
const words = new Set(
  texts.flatMap((text) => [...text.matchAll(/(["'`])([^"'`\n]+)\1/g)].flatMap(([, , names = '']) => names.split(/\s+/))),
);
// what Tailwind knows: it is moved out of the way by itself
const bare = [...words].filter((name) => /^-?[a-z]/.test(name) && !name.includes(':') && twMerge(`${name} ${name}`) === name);

it('decides between any two classes of ours as the whole of tailwind-merge does', () => {
  expect(bare.length).toBeGreaterThan(200);
  const others: string[] = [];
  for (const first of bare) {
    for (const second of bare) {
      const both = `${first} ${second}`;
      if (first !== second && cn(both) !== twMerge(both)) others.push(`${both}: ${cn(both)}, not ${twMerge(both)}`);
    }
  }
  expect(others).toEqual([]);
});

it('keeps what holds under different conditions', () => {
  expect(cn('p-2 hover:p-3', 'md:p-4', 'p-5')).toBe('hover:p-3 md:p-4 p-5');
});
