import { expect, test } from 'vitest';
import { lookAgainAfter, sparing } from './pace';
import { bootWait } from './times';
import type { KindName } from './types';
import { wordsFor } from './words';

test.each<[string, KindName, string]>([
  ['server-workers-1', 'server', 'server workers-1'],
  ['network', 'network', 'network'],
  ['floatingIp-front', 'floatingIp', 'floating IP front'],
  ['volume-home-server', 'volume', 'volume home-server'],
  ['home-volume', 'volume', 'volume home-volume'],
  ['keyPair', 'keyPair', 'key pair'],
])('%s is called by its kind and what tells it apart', (key, kind, words) => expect(wordsFor({ key, kind })).toBe(words));

test.each([
  [0, 1],
  [29, 1],
  [30, 2],
  [119, 2],
  [120, 5],
  [599, 5],
  [600, 10],
  [86_400, 10],
])('what has been on its way for %i s is looked at again after %i', (age, seconds) => expect(lookAgainAfter(age)).toBe(seconds));

test.each([
  [1, 0.2, 1],
  [1, 0.4, 2],
  [2, 0.3, 2],
  [1, 0.6, 3],
  [1, 1.5, 3],
  [1, 5, 3],
  [5, 40, 5],
])('where %d s would do, and the last look took %d, the next follows after %d', (seconds, took, after) =>
  expect(sparing(seconds, took)).toBe(after),
);

test.each([
  [false, 900],
  [true, 1800],
])('hardware of one’s own (%s) may take %i s until its agent is heard', (bareMetal, seconds) => expect(bootWait(bareMetal)).toBe(seconds));
