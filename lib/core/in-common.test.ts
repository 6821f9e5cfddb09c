import { expect, test } from 'vitest';
import { inCommon } from './in-common';

test('what is asked for at once is done once for all who ask, and anew after that', async () => {
  const run = inCommon<number>();
  let done = 0;
  const work = async () => ++done;
  expect(await Promise.all([run('a', work), run('a', work), run('b', work)])).toEqual([1, 1, 2]);
  expect(await run('a', work)).toBe(3);
});

test('what fails fails for all who asked for it, and is tried anew by who asks after', async () => {
  const run = inCommon<number>();
  const fails = () => Promise.reject(new Error('no'));
  const results = await Promise.allSettled([run('a', fails), run('a', fails)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await run('a', async () => 1)).toBe(1);
});
