import { expect, test } from 'vitest';
import { answerRefused, refusalOf } from './before-next';

test.each([
  ['TRACE', '/', 'method'],
  ['PROPFIND', '/api/v1/recipes', 'method'],
  ['GET', '/%', 'path'],
  ['GET', '/api/v1/%zz', 'path'],
  ['POST', '/recipes/%E0%A4', 'path'],
  ['GET', '/?a=%zz', undefined],
  ['GET', '/recipes/%C3%A9', undefined],
  ['HEAD', '/', undefined],
])('%s %s: %s', (method, url, refusal) => {
  expect(refusalOf(method, url)).toBe(refusal);
});

test('a method that is not known is told which are', async () => {
  const answer = answerRefused('method');
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toContain('GET, HEAD, POST');
  expect(await answer.json()).toMatchObject({ code: 'method-not-allowed', requestId: expect.stringMatching(/^req_/) });
});

test('a path that can’t be read is a problem of the request', async () => {
  const answer = answerRefused('path');
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
});
