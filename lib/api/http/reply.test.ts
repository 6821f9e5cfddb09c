import { expect, it } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { respond, respondProblem } from './reply';

const cacheOf = (answer: Response) => answer.headers.get('cache-control');
it('an answer says how long it is, in bytes', async () => {
  const problem = new AppError({ code: 'conflict', title: 'Né' });
  for (const answer of [respond({ body: 'né' }, 'req_1'), respondProblem(problem, 'req_1')]) {
    expect(cacheOf(answer)).toBe('no-store');
    expect(answer.headers.get('content-length')).toBe(String((await answer.arrayBuffer()).byteLength));
  }
});

it('a handler’s own word on caches has precedence, and what has no body is kept by none', () => {
  expect(cacheOf(respond({ body: 1, headers: { 'cache-control': 'private' } }, 'req_1'))).toBe('private');
  const empty = respond({}, 'req_1');
  expect([empty.status, cacheOf(empty)]).toEqual([204, 'no-store']);
});
