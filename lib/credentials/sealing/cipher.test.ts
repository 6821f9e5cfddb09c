import { describe, expect, test } from 'vitest';
import { decrypt, encrypt } from './cipher';

const key = Buffer.alloc(32, 7);
const context = ['person', 'record'];
const sealed = encrypt(key, Buffer.from('munge'), context);
const flipped = (at: number) => Buffer.from(sealed.map((byte, index) => (index === at ? byte ^ 1 : byte)));

test('what is sealed is its format, a nonce, a tag and as many bytes as there were', () => {
  expect(sealed).toHaveLength(1 + 12 + 16 + 'munge'.length);
  expect(sealed[0]).toBe(1);
});

test.each(['', 'munge', 'ñ'.repeat(1000)])('%j opens as it was', (text) =>
  expect(decrypt(key, encrypt(key, Buffer.from(text), context), context).toString()).toBe(text),
);

test('what lies in the middle of other bytes opens as well', () => {
  const around = Buffer.concat([Buffer.from('before'), sealed, Buffer.from('after')]);
  const within = new Uint8Array(around.buffer, around.byteOffset + 'before'.length, sealed.length);
  expect(decrypt(key, within, context).toString()).toBe('munge');
});

test('the same text is sealed otherwise each time', () => expect(encrypt(key, Buffer.from('munge'), context)).not.toEqual(sealed));

describe('what does not open', () => {
  test.each<[string, Buffer, Buffer, string[]]>([
    ['with another key', Buffer.alloc(32, 8), sealed, context],
    ['for another person', key, sealed, ['other', 'record']],
    ['for no one in particular', key, sealed, []],
    ['where names run into each other', key, sealed, ['personrecord']],
    ['with another nonce', key, flipped(1), context],
    ['with another tag', key, flipped(13), context],
    ['with another text', key, flipped(29), context],
    ['cut short', key, sealed.subarray(0, -1), context],
  ])('%s', (_name, by, bytes, of) => expect(() => decrypt(by, bytes, of)).toThrow('authenticate'));

  test.each<[string, Buffer]>([
    ['of another format', flipped(0)],
    ['too short for its tag', sealed.subarray(0, 28)],
    ['empty', Buffer.alloc(0)],
  ])('%s, as it is not a sealed secret', (_name, bytes) =>
    expect(() => decrypt(key, bytes, context)).toThrow('This is not a sealed secret'),
  );
});

test('the bounds between the names of what it is bound to count', () => {
  const bound = encrypt(key, Buffer.from('munge'), ['a|b', 'c']);
  expect(() => decrypt(key, bound, ['a', 'b|c'])).toThrow('authenticate');
});
