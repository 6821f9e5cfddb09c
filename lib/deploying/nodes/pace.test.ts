import { expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { NodePace } from './pace';

const clock = () => new ManualClock(new Date('2030-01-01T00:00:10Z'));
const MiB = 1024 * 1024;

test('a node that asks without end is told when to come again, and others are not held up', () => {
  const time = clock();
  const pace = new NodePace(time);
  for (let count = 0; count < 300; count++) pace.take('one', 100);
  expect(() => pace.take('one', 100)).toThrow(expect.objectContaining({ code: 'rate-limited', retryAfter: 50 }));
  expect(() => pace.take('two', 100)).not.toThrow();
  time.advance(50_000);
  expect(() => pace.take('one', 100)).not.toThrow();
});

test('so is one that sends much at a time', () => {
  const pace = new NodePace(clock());
  for (let count = 0; count < 8; count++) pace.take('one', MiB);
  expect(() => pace.take('one', 1)).toThrow(expect.objectContaining({ code: 'rate-limited' }));
});
