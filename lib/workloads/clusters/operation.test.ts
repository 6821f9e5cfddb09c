import { expect, test } from 'vitest';
import { abilitiesOf } from '@/lib/oscar/dialect';
import type { Dialect } from '@/lib/oscar/types';
import { prefixFaults } from './allowed-images';
import { operationOf } from './own-user';
import { quotaFaults } from './people-quotas';

const own = { auth: { kind: 'basic', user: 'oscar' } } as const;
const person = { auth: { kind: 'oidc', provider: 'egi' } } as const;
const plain = { kueue: false, volumes: false };
test.each<[string, typeof own | typeof person, Dialect, typeof plain, string]>([
  ['the own user of the newest', own, '4.1', { kueue: true, volumes: true }, 'images quotas log'],
  ['the own user where nobody has quotas', own, '4.1', plain, 'images log'],
  ['the own user of 3.7, which speaks as 3.6, with Kueue', own, '3.6', { ...plain, kueue: true }, 'quotas log'],
  ['the own user of 3.5', own, '3.5', { ...plain, kueue: true }, ''],
  ['somebody with their own sign-in', person, '4.1', { kueue: true, volumes: true }, ''],
])('%s does for others what the release has', (_who, cluster, dialect, config, may) => {
  const words = Object.entries(operationOf(cluster, abilitiesOf(dialect), config)).flatMap(([what, is]) => (is ? [what] : []));
  expect(words.join(' ')).toBe(may);
});

test('a beginning of an image’s name is one of the signs that names have', () => {
  const prefixes = ['ghcr.io/grycap', 'registry:5000/a_b@sha256:00', 'a', '', '/a', 'a b', '<b>', 'a'.repeat(256)];
  expect(prefixFaults(prefixes).map(({ path }) => path)).toEqual([3, 4, 5, 6, 7].map((index) => `allowedImages.${index}`));
});

test.each([
  [{ cpu: '0.5', memory: '1.5Gi', disk: '500Mi', volumes: '0', buckets: '10' }, []],
  [{}, ['']],
  [{ cpu: '', memory: '8', disk: '5 Gi', volumes: '-1', buckets: '1.5' }, ['cpu', 'memory', 'disk', 'volumes', 'buckets']],
])('of the quotas %j it is said which can’t be: %j', (change, paths) => {
  expect(quotaFaults(change).map(({ path }) => path)).toEqual(paths);
});
