import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { KeptBreaker } from '@/lib/store/rows/peer';
import { isOut, looked, newBreaker, nextLook } from './breaker';

const after = (looks: string, seconds = 15, from = newBreaker(0)): KeptBreaker[] => {
  const states: KeptBreaker[] = [];
  for (const [index, look] of [...looks].entries()) states.push(looked(states.at(-1) ?? from, look === '+', (index + 1) * seconds * 1000));
  return states;
};
const statesOf = (looks: string) => after(looks).map(({ state }) => state);

test.each([
  ['one that answers', '++', ['closed', 'closed']],
  ['one silence is a hiccup', '+-+', ['closed', 'failing', 'closed']],
  ['two in a row open it', '+--', ['closed', 'failing', 'open']],
  ['two that are not in a row do not', '-+-+', ['failing', 'closed', 'failing', 'closed']],
  ['one that never answered opens, too', '--', ['failing', 'open']],
  ['it stays open while nothing answers', '----', ['failing', 'open', 'open', 'open']],
  ['the first answer is believed half', '--+', ['failing', 'open', 'half-open']],
  ['the second closes it', '--++', ['failing', 'open', 'half-open', 'closed']],
  ['a silence between begins anew', '--+-++', ['failing', 'open', 'half-open', 'open', 'half-open', 'closed']],
])('%s: %s', (_what, looks, states) => {
  expect(statesOf(looks)).toEqual(states);
});

describe('what opens again soon', () => {
  const answersUntilClosed = (from: KeptBreaker, at: number) => {
    let breaker = from;
    for (let count = 1; ; count++) {
      breaker = looked(breaker, true, at + count);
      if (!isOut(breaker)) return { count, breaker };
    }
  };
  const reopened = (from: KeptBreaker, at: number) => looked(looked(from, false, at), false, at);

  it('has to answer twice as often each time, at most eight times', () => {
    let breaker = reopened(newBreaker(0), 0);
    const counts: number[] = [];
    for (let times = 0; times < 4; times++) {
      const closed = answersUntilClosed(breaker, times * 1000);
      counts.push(closed.count);
      breaker = reopened(closed.breaker, times * 1000 + 500);
    }
    expect(counts).toEqual([2, 4, 8, 8]);
  });

  it.each([
    [599_999, 4],
    [600_000, 2],
  ])('is only what opens within ten minutes: after %d ms it answers %d times', (peace, count) => {
    const { breaker } = answersUntilClosed(reopened(newBreaker(0), 0), 0);
    expect(answersUntilClosed(reopened(breaker, (breaker.closedAt ?? 0) + peace), 1e9).count).toBe(count);
  });
});

test('says since when it is so, and when it answered last', () => {
  const [closed, same, failing, open] = after('++--');
  expect([closed, same, failing, open].map((one) => [one?.since, one?.answeredAt])).toEqual([
    [15_000, 15_000],
    [15_000, 30_000],
    [45_000, 30_000],
    [60_000, 30_000],
  ]);
});

test('is looked at each 15 seconds, and sooner only where it has just not answered', () => {
  expect(after('+--+').map(nextLook)).toEqual([15, 5, 15, 15]);
  expect(nextLook(newBreaker(0))).toBe(15);
});

const looks = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 900_000 })), { maxLength: 60 });
const walk = (steps: [boolean, number][]) => {
  let at = 0;
  let breaker = newBreaker(0);
  return steps.map(([answers, gap]) => {
    at += gap;
    const before = breaker;
    breaker = looked(before, answers, at);
    return { answers, before, after: breaker };
  });
};

test('whatever was seen: it opens only at the second silence in a row, and closes only at an answer', () => {
  fc.assert(
    fc.property(looks, (steps) => {
      const walked = walk(steps);
      for (const [index, { answers, before, after: now }] of walked.entries()) {
        if (!isOut(before) && isOut(now)) expect([answers, walked[index - 1]?.answers]).toEqual([false, false]);
        if (isOut(before) && !isOut(now)) expect([answers, before.state]).toEqual([true, 'half-open']);
        if (!answers && walked[index - 1]?.answers === false) expect(isOut(now)).toBe(true);
      }
    }),
  );
});

test('whatever was seen: eight answers in a row close it', () => {
  fc.assert(
    fc.property(looks, (steps) => {
      const last = walk([...steps, ...Array.from({ length: 8 }, (): [boolean, number] => [true, 15_000])]).at(-1);
      expect(last?.after.state).toBe('closed');
    }),
  );
});
