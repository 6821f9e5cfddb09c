import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { paced } from './paced';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the first asks at once, and the others one after the other', async () => {
  const turn = paced();
  const begun = performance.now();
  const times: number[] = [];
  const ask = async () => {
    await turn();
    times.push(performance.now() - begun);
  };
  const all = Promise.all([ask(), ask(), ask()]);
  await vi.advanceTimersByTimeAsync(100);
  await all;
  expect(times).toEqual([0, 8, 16]);
});

test('who comes later than that waits for nobody', async () => {
  const turn = paced();
  await turn();
  await vi.advanceTimersByTimeAsync(20);
  let asked = false;
  void turn().then(() => {
    asked = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toBe(true);
});
