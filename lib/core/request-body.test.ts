import { expect, test } from 'vitest';
import { parseJson } from './request-body';

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

test.each([true, false])('what is nested a thousand levels deep is a problem of the request, cleaned %s', (cleans) => {
  for (const levels of [41, 1000, 50_000]) {
    expect(() => parseJson(nested(levels), cleans), String(levels)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  }
  expect(() => parseJson(nested(40), cleans)).not.toThrow();
});
