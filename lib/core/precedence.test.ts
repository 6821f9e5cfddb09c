import { expect, test } from 'vitest';
import { Turns, whileWaitedFor } from './precedence';

/** All take their turns while the first holds it. @returns in which order they had it */
async function order(all: [name: string, waitedFor: boolean][]): Promise<string[]> {
  const turns = new Turns();
  const had: string[] = [];
  let end = () => {};
  const held = turns.take(() => new Promise<void>((resolve) => (end = resolve)));
  const asked = all.map(([name, isWaitedFor]) => {
    const take = () => turns.take(async () => void had.push(name));
    return isWaitedFor ? whileWaitedFor(take) : take();
  });
  end();
  await Promise.all([held, ...asked]);
  return had;
}

test('what somebody waits for goes first, and each kind in the order in which it came', async () => {
  expect(
    await order([
      ['a', false],
      ['b', true],
      ['c', false],
      ['d', true],
    ]),
  ).toEqual(['b', 'd', 'a', 'c']);
});

test('however many wait, the others come too', async () => {
  const many = Array.from({ length: 20 }, (_, index): [string, boolean] => [`${index}`, true]);
  const had = await order([['x', false], ['y', false], ...many]);
  expect([had.indexOf('x'), had.indexOf('y')]).toEqual([8, 17]);
});

test('one that fails gives its turn to the next, and it alone is told', async () => {
  const turns = new Turns();
  const failing = turns.take(async () => Promise.reject(new Error('no')));
  const next = turns.take(async () => 'next');
  await expect(failing).rejects.toThrow('no');
  expect([await next, await turns.take(async () => 'later')]).toEqual(['next', 'later']);
});

test('one at a time', async () => {
  const turns = new Turns();
  let at = 0;
  const most: number[] = [];
  await Promise.all(
    Array.from({ length: 5 }, () =>
      turns.take(async () => {
        most.push(++at);
        await new Promise(setImmediate);
        at--;
      }),
    ),
  );
  expect(most).toEqual([1, 1, 1, 1, 1]);
});
