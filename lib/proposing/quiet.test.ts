import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { untilQuiet } from './quiet';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

const after = <T>(ms: number, value: T) => new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));
const never = new Promise<boolean>(() => {});

async function endOf(news: Promise<boolean>[]): Promise<number | undefined> {
  let end: number | undefined;
  const began = performance.now();
  void untilQuiet(news, (told) => told, 100).then(() => {
    end = performance.now() - began;
  });
  await vi.advanceTimersByTimeAsync(60_000);
  return end;
}

test('ends when all have told, however short that is', async () => {
  expect(await endOf([after(10, true), after(20, true)])).toBe(20);
  expect(await endOf([])).toBe(0);
});

test('does not wait for one that hangs: a tenth of the time that the slowest other took', async () => {
  expect(await endOf([after(40, true), after(120, true), never])).toBe(220);
  expect(await endOf([...Array.from({ length: 30 }, (_, index) => after(100 * index, true)), never])).toBe(2900 + 290);
});

test('waits on while there is nothing worth showing', async () => {
  expect(await endOf([after(10, false), after(5000, true), never])).toBe(5500);
  expect(await endOf([after(10, false), never])).toBeUndefined();
});
