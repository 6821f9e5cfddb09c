import { expect, it } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { respond, respondProblem } from './reply';

const cacheOf = (answer: Response) => answer.headers.get('cache-control');
/** an answer of so many characters */
const ofLength = (length: number) => respond({ body: 'x'.repeat(length - 2) }, 'req_1');

it('an answer is compressed on its way only where that is worth it', async () => {
  expect((await ofLength(1023).text()).length).toBe(1023);
  expect([1023, 1024].map((length) => cacheOf(ofLength(length)))).toEqual(['no-store, no-transform', 'no-store']);
  const problem = new AppError({ code: 'conflict', title: 'No' });
  expect(cacheOf(respondProblem(problem, 'req_1'))).toBe('no-store, no-transform');
});

it('a handler’s own word on caches has precedence, and what has no body is kept by none', () => {
  expect(cacheOf(respond({ body: 1, headers: { 'cache-control': 'private' } }, 'req_1'))).toBe('private');
  const empty = respond({}, 'req_1');
  expect([empty.status, cacheOf(empty)]).toEqual([204, 'no-store']);
});
