import { beforeEach, expect, test } from 'vitest';
import { type Progress, sendLarge, type Ways } from './large-upload';

const file = new Blob([new Uint8Array(25)]);
const parts = [
  { number: 1, start: 0, end: 10 },
  { number: 2, start: 10, end: 20 },
  { number: 3, start: 20, end: 25 },
];
/** A storage that forgets nothing, unless it is told to. */
let stored: Map<number, number>;
let memory: string | null;
let uploads: string[];
let waits: number[];
let told: Progress[];
let fails: (number: number) => Error | null;

beforeEach(() => {
  [stored, memory, uploads, waits, told, fails] = [new Map(), null, [], [], [], () => null];
});

const ways: Ways = {
  async begin(upload) {
    const known = upload !== null && uploads.includes(upload);
    const name = known ? upload : `upload-${uploads.length + 1}`;
    if (!known) uploads.push(name);
    if (!known) stored.clear();
    return { upload: name, parts: 3, missing: parts.filter(({ number }) => !stored.has(number)) };
  },
  async part(_upload, number, bytes, onSent) {
    onSent(1);
    const error = fails(number);
    if (error) throw error;
    stored.set(number, bytes.size);
  },
  async end(upload) {
    if (stored.size < 3) throw new Error(`${upload} is not whole`);
    uploads = [];
  },
  remembered: () => memory,
  remember(upload) {
    memory = upload;
  },
  async wait(milliseconds) {
    waits.push(milliseconds);
  },
};
const send = () =>
  sendLarge(
    file,
    ways,
    (one) => told.push(one),
    (error) => error instanceof TypeError,
  );
const cutOff = () => new TypeError('no answer');

test('a file goes part by part, tells how far it is, and is forgotten when it is whole', async () => {
  await send();
  expect([...stored.values()]).toEqual([10, 10, 5]);
  expect(told.map(({ sent }) => sent)).toEqual([0, 1, 10, 11, 20, 21, 25]);
  expect(told.some(({ interrupted, goesOn }) => interrupted || goesOn)).toBe(false);
  expect([memory, uploads, waits]).toEqual([null, [], []]);
});

test('a part that does not arrive is sent again, later each time, and nothing else is', async () => {
  let left = 3;
  fails = (number) => (number === 2 && left-- > 0 ? cutOff() : null);
  await send();
  expect([...stored.keys()]).toEqual([1, 2, 3]);
  expect(waits).toEqual([1000, 2000, 4000]);
  expect(told.filter(({ interrupted }) => interrupted)).toEqual(Array(3).fill({ sent: 10, interrupted: true, goesOn: false }));
});

test('what is given up in the middle is gone on with where it was', async () => {
  fails = (number) => (number === 3 ? cutOff() : null);
  await expect(send()).rejects.toThrow('no answer');
  expect([waits.length, memory]).toEqual([5, 'upload-1']);
  [told, fails] = [[], () => null];
  await send();
  expect(told[0]).toEqual({ sent: 20, interrupted: false, goesOn: true });
  expect(told.at(-1)).toEqual({ sent: 25, interrupted: false, goesOn: true });
  expect(memory).toBeNull();
});

test('where the storage has forgotten it, it begins anew', async () => {
  memory = 'forgotten';
  await send();
  expect(told[0]).toEqual({ sent: 0, interrupted: false, goesOn: false });
  expect([...stored.keys()]).toEqual([1, 2, 3]);
});

test('what will not pass by itself is not tried again', async () => {
  fails = () => new Error('refused');
  await expect(send()).rejects.toThrow('refused');
  expect(waits).toEqual([]);
});
