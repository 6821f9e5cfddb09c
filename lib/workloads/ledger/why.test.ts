import { expect, test } from 'vitest';
import { whyLeft } from './why';

const at = 1_000_000;
test.each([
  ['came over at once: there was no room', { cameAt: at + 400, waited: false }, null, 'no-room'],
  ['came over before it may leave by waiting', { cameAt: at + 13_900, waited: false }, null, 'no-room'],
  ['came over when it had waited, by clocks of whole seconds', { cameAt: at + 14_000, waited: false }, null, 'wait'],
  ['was seen to wait, whatever its file says', { cameAt: at + 400, waited: true }, null, 'wait'],
  ['came over while the origin is drained', { cameAt: at + 400, waited: true }, at + 400, 'drain'],
  ['came over before the origin was drained', { cameAt: at + 399, waited: true }, at + 400, 'wait'],
] as const)('a job that %s', (_, job, drainedSince, why) => {
  expect(whyLeft({ submittedAt: at, ...job }, { thresholdSeconds: 15, drainedSince })).toBe(why);
});
