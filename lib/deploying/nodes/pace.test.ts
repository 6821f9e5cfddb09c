import { expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { NodePace } from './pace';

const clock = () => new ManualClock(new Date('2030-01-01T00:00:10Z'));
const MiB = 1024 * 1024;

test('a node that asks without end is told when to come again, and others are not held up', () => {
  const time = clock();
  const pace = new NodePace(time);
  for (let count = 0; count < 300; count++) pace.take('one');
  expect(() => pace.take('one')).toThrow(expect.objectContaining({ code: 'rate-limited', retryAfter: 50 }));
  expect(() => pace.take('two')).not.toThrow();
  time.advance(50_000);
  expect(() => pace.take('one')).not.toThrow();
});

test.each([
  ['at a time', MiB, 8],
  ['piece by piece', 16 * 1024, 512],
])('so is one that sends much %s', (_how, bytes, times) => {
  const pace = new NodePace(clock());
  for (let count = 0; count < times; count++) pace.count('one', bytes);
  expect(() => pace.count('one', 1)).toThrow(expect.objectContaining({ code: 'rate-limited' }));
  expect(() => pace.take('one')).toThrow(expect.objectContaining({ code: 'rate-limited' }));
  expect(() => pace.count('two', bytes)).not.toThrow();
});

test('a node that has its steps handed over without end is told when to come again', () => {
  const time = clock();
  const pace = new NodePace(time);
  for (let count = 0; count < 10; count++) pace.handOver('one');
  expect(() => pace.handOver('one')).toThrow(
    expect.objectContaining({
      title: 'This node says too much',
      detail: 'A node may send 300 requests and 8 MiB a minute.',
      remedy: 'Send the rest in 50 s.',
    }),
  );
  expect(() => pace.handOver('two')).not.toThrow();
  expect(() => pace.take('one')).not.toThrow();
  time.advance(49_500);
  expect(() => pace.handOver('one')).toThrow(expect.objectContaining({ retryAfter: 1 }));
  time.advance(500);
  expect(() => pace.handOver('one')).not.toThrow();
});

test('exactly what a node may send is taken', () => {
  const pace = new NodePace(clock());
  expect(() => pace.count('one', 8 * MiB)).not.toThrow();
  expect(() => pace.count('two', 8 * MiB + 1)).toThrow(expect.objectContaining({ code: 'rate-limited' }));
  expect(() => pace.take('one')).toThrow(expect.objectContaining({ code: 'rate-limited' }));
});

test('who sends is counted by the minute: those of the last one where they were more', () => {
  const time = clock();
  const pace = new NodePace(time);
  expect(pace.nodes()).toBe(0);
  for (const node of ['one', 'two', 'two']) pace.take(node);
  expect(pace.nodes()).toBe(2);
  time.advance(50_000);
  pace.take('one');
  expect(pace.nodes()).toBe(2);
  time.advance(60_000);
  expect(pace.nodes()).toBe(1);
  time.advance(120_000);
  expect(pace.nodes()).toBe(0);
});
