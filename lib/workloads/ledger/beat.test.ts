import { expect, test } from 'vitest';
import { nextBeat } from './beat';

test.each([
  ['watched', { watched: true, moving: false, silent: false }, 2],
  ['watched, while a cluster is silent', { watched: true, moving: true, silent: true }, 5],
  ['not watched, with jobs under way', { watched: false, moving: true, silent: false }, 5],
  ['not watched, at rest', { watched: false, moving: false, silent: false }, 30],
  ['not watched, while a cluster is silent', { watched: false, moving: true, silent: true }, 60],
])('%s', (_, now, seconds) => {
  expect(nextBeat(now)).toBe(seconds);
});
