import { expect, test } from 'vitest';
import { batched } from './batch';

/** Writes that end when they are told to. */
function held() {
  const writes: { items: string[]; end(): void }[] = [];
  const write = (items: string[]) =>
    new Promise<void>((end) => {
      writes.push({ items, end });
    });
  return { writes, put: batched(write) };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what comes during a write is written together after it', async () => {
  const { writes, put } = held();
  const first = put('a');
  await turn();
  const others = [put('b'), put('c')];
  await turn();
  expect(writes.map(({ items }) => items)).toEqual([['a']]);
  writes[0]?.end();
  await first;
  await turn();
  expect(writes.map(({ items }) => items)).toEqual([['a'], ['b', 'c']]);
  writes[1]?.end();
  await Promise.all(others);
});

test('callers of one turn share the first write', async () => {
  const { writes, put } = held();
  const all = [put('a'), put('b')];
  await turn();
  expect(writes.map(({ items }) => items)).toEqual([['a', 'b']]);
  writes[0]?.end();
  await Promise.all(all);
});

test('a failure reaches the one whose own it is, and the others are written', async () => {
  const written: string[] = [];
  const put = batched(async (items: string[]) => {
    if (items.includes('bad')) throw new Error('no such person');
    written.push(...items);
  });
  const [a, bad, c] = await Promise.allSettled([put('a'), put('bad'), put('c')]);
  expect([a, c]).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }]);
  expect(bad).toMatchObject({ status: 'rejected', reason: expect.objectContaining({ message: 'no such person' }) });
  expect(written).toEqual(['a', 'c']);
  await put('d');
  expect(written).toEqual(['a', 'c', 'd']);
});

test('nobody is told before their own is written', async () => {
  const { writes, put } = held();
  let told = false;
  const first = put('a');
  await turn();
  const second = put('b').then(() => {
    told = true;
  });
  writes[0]?.end();
  await first;
  await turn();
  expect(told).toBe(false);
  writes[1]?.end();
  await second;
});

test('of large things only so many are written at once, and all in their order', async () => {
  const writes: string[][] = [];
  const put = batched(async (items: string[]) => writes.push(items), { most: 2 });
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map(put));
  expect(writes).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  await put('f');
  expect(writes.at(-1)).toEqual(['f']);
});
