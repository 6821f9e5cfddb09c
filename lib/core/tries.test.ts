import { describe, expect, test } from 'vitest';
import { RecentTries, secondsUntil, TooManyTries } from './tries';

const limit = { name: 'guesses', most: 2, seconds: 10 };
function open() {
  let at = 1_000_000;
  const tries = new RecentTries({ now: () => new Date(at) });
  return { tries, pass: (ms: number) => (at += ms) };
}

describe('somebody who has tried as often as they may', () => {
  test('waits until the first try has passed out of the window', () => {
    const { tries, pass } = open();
    tries.take('a', limit);
    pass(4000);
    tries.take('a', limit);
    expect(() => tries.take('a', limit)).toThrow(expect.objectContaining({ code: 'rate-limited', retryAfter: 6 }));
    pass(5999);
    expect(() => tries.check('a', limit)).toThrow(expect.objectContaining({ retryAfter: 1 }));
    pass(1);
    tries.take('a', limit);
    expect(() => tries.check('a', limit)).toThrow(expect.objectContaining({ retryAfter: 4 }));
  });

  test('holds up nobody else, and nothing of another name', () => {
    const { tries } = open();
    for (const _ of 'ab') tries.take('a', limit);
    expect(() => tries.take('b', limit)).not.toThrow();
    expect(() => tries.take('a', { ...limit, name: 'other' })).not.toThrow();
  });

  test('is given back what was no try', () => {
    const { tries } = open();
    for (const _ of 'ab') tries.take('a', limit);
    tries.giveBack('a', limit);
    expect(() => tries.take('a', limit)).not.toThrow();
    expect(() => tries.take('a', limit)).toThrow(TooManyTries);
  });

  test('was counted by what was noted, not by what was looked at', () => {
    const { tries } = open();
    for (const _ of 'abcd') tries.check('a', limit);
    for (const _ of 'abc') tries.note('a', limit);
    expect(() => tries.check('a', limit)).toThrow(TooManyTries);
  });
});

test.each([
  [2000, 1000, 1],
  [2001, 1000, 2],
  [1000, 2000, 1],
])('until %i from %i it is %i s', (moment, now, seconds) => {
  expect(secondsUntil(moment, now)).toBe(seconds);
});

test.each([
  [119, 'Try again in 119 s.'],
  [120, 'Try again in 2 minutes.'],
])('a wait of %i s is told so that it can be read', (seconds, remedy) => {
  expect(new TooManyTries(seconds).toProblem().remedy).toBe(remedy);
});
