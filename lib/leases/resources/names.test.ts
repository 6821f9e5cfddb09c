import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitsPattern } from './names';

it.each([
  ['gpu_*', 'gpu_p100', true],
  ['gpu_*', 'gpu_', true],
  ['gpu_*', 'compute_gpu_', false],
  ['*A100*', 'NVIDIA a100-PCIE-40GB', true],
  ['*a*b', 'aab', true],
  ['*a*b', 'aba', false],
  ['m1.tiny', 'm1.tiny', true],
  ['m1.tiny', 'm1xtiny', false],
  ['m1.tiny', 'm1.tiny2', false],
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['a**', 'a', true],
  ['(a+)+$', 'aaaa', false],
])('%s and %s: %s', (pattern, name, fits) => {
  expect(fitsPattern(pattern, name)).toBe(fits);
});

it('does as the regular expression would', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '*'), maxLength: 8 });
  fc.assert(
    fc.property(text, fc.string({ unit: fc.constantFrom('a', 'b', 'A'), maxLength: 10 }), (pattern, name) => {
      expect(fitsPattern(pattern, name)).toBe(new RegExp(`^${pattern.replaceAll(/\*+/g, '.*')}$`, 'i').test(name));
    }),
    { numRuns: 1000 },
  );
});

it('does not take for ever over a pattern that is made for it', () => {
  const began = performance.now();
  expect(fitsPattern(`${'*a'.repeat(100)}b`, 'a'.repeat(2000))).toBe(false);
  expect(performance.now() - began).toBeLessThan(2000);
});
