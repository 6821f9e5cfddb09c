import { expect, test } from 'vitest';
import { AppError, type ErrorCode } from '@/lib/core/errors';
import { mayBeStarting, patiently } from './patiently';

const refusal = (code: ErrorCode, status?: number) =>
  new AppError({ code, title: code, ...(status && { upstream: { service: 's3', status, message: '' } }) });

test.each<[string, AppError, number]>([
  ['storage that starts again', refusal('upstream-failed', 503), 6],
  ['storage that does not take a connection', refusal('site-unreachable'), 6],
  ['storage that failed', refusal('upstream-failed', 500), 1],
  ['keys that it does not know', refusal('credential-invalid', 403), 1],
])('%s is asked as often as makes sense', async (_what, error, times) => {
  let asked = 0;
  const answer = patiently(
    () => {
      asked += 1;
      return Promise.reject(error);
    },
    mayBeStarting,
    0,
  );
  await expect(answer).rejects.toBe(error);
  expect(asked).toBe(times);
});

test('what is well at the third time is had', async () => {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    if (asked < 3) throw refusal('site-unreachable');
    return asked;
  };
  expect(await patiently(ask, mayBeStarting, 0)).toBe(3);
});
