import { expect, test } from 'vitest';
import { breather } from './breathe';

/** Works for so many milliseconds in steps of one. @returns how often somebody else was let in meanwhile */
async function work(ms: number, breathe?: () => Promise<void> | undefined): Promise<number> {
  let letIn = 0;
  let goes = true;
  const other = () => {
    letIn += 1;
    if (goes) setImmediate(other);
  };
  setImmediate(other);
  for (let step = 0; step < ms; step++) {
    await breathe?.();
    for (const until = performance.now() + 1; performance.now() < until; );
  }
  goes = false;
  return letIn;
}

test('what goes on by promises alone lets nobody in', async () => {
  expect(await work(30)).toBe(0);
});

test('with breath it does, once its time is over and not with each step', async () => {
  const times = await work(60, breather(10));
  expect(times).toBeGreaterThanOrEqual(3);
  expect(times).toBeLessThanOrEqual(14);
});

test('what is over before keeps nothing waiting', async () => {
  const breathe = breather(1000);
  expect([breathe(), breathe(), breathe()]).toEqual([undefined, undefined, undefined]);
});

test('who works anew after a rest has all its time again', async () => {
  const breathe = breather(5);
  await work(10, breathe);
  await new Promise(setImmediate);
  expect(breathe()).toBeUndefined();
});
