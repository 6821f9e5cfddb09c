import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endOf } from './console';

test.each([
  ['a short one is whole', 'one\ntwo\n', 20, { text: 'one\ntwo\n', cut: false }],
  ['one that just fits is whole', 'one\ntwo\n', 8, { text: 'one\ntwo\n', cut: false }],
  ['a longer one is its last lines, and says so', 'one\ntwo\n', 6, { text: 'two\n', cut: true }],
  ['a line that is too long itself is its end', 'x'.repeat(50), 6, { text: 'xxxxxx', cut: true }],
  ['no character is cut in two', 'ééé', 3, { text: 'é', cut: true }],
])('of a console, %s', (_name, text, most, end) => expect(endOf(text, most)).toEqual(end));

test('whatever a machine writes, it is an end of that, and no longer than there is room for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 4, max: 300 }), (written, most) => {
      const text = written.toWellFormed();
      const end = endOf(text, most);
      expect(text.endsWith(end.text)).toBe(true);
      expect(Buffer.byteLength(end.text)).toBeLessThanOrEqual(most);
      expect(end.cut).toBe(end.text !== text);
    }),
  );
});

test('a console of megabytes is a quarter of one', () => {
  const { text, cut } = endOf('[    1.0] a line of a kernel\n'.repeat(300_000));
  expect(cut).toBe(true);
  expect(text.length).toBeGreaterThan(200_000);
  expect(text.length).toBeLessThanOrEqual(262_144);
});
