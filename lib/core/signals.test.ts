import { expect, test } from 'vitest';
import { announce, listenTo, type Signals, timed } from './signals';

test('who listens is told of each signal of that name, and of no other', () => {
  const told: Signals['pass'][] = [];
  announce('pass', { outcome: 'done', seconds: 1 });
  listenTo('pass', (one) => told.push(one));
  announce('pass', { outcome: 'fault', seconds: 2 });
  announce('call', { service: 'compute', method: 'GET', status: '200', seconds: 3 });
  expect(told).toEqual([{ outcome: 'fault', seconds: 2 }]);
});

test('work is told of with its result, and also where it fails', async () => {
  const told: [boolean, string | undefined][] = [];
  const tell = (seconds: number, result: string | undefined) => told.push([seconds >= 0, result]);
  expect(await timed(async () => 'good', tell)).toBe('good');
  await expect(timed(() => Promise.reject(new Error('bad')), tell)).rejects.toThrow('bad');
  expect(told).toEqual([
    [true, 'good'],
    [true, undefined],
  ]);
});
