import { describe, expect, test } from 'vitest';
import { eachOnce, isOnlyOfRights, withFreshWebhook, withoutSecond } from './webhook';

const at = (path: string, storage_provider = 'minio.default') => ({ storage_provider, path });

describe('a change of a definition', () => {
  test.each([
    ['names its first input twice', [at('a/in'), at('b/in')], [at('a/in'), at('b/in'), at('a/in')]],
    ['is left where two inputs share a bucket', [at('a/in'), at('/a/more')], [at('a/in'), at('/a/more')]],
    ['takes one of the cluster’s own storage', [at('x', 'webdav.dcache'), at('a/in', 'minio')], 'minio'],
    ['is left where no file of its own storage starts a job', [at('x', 'rucio.one')], [at('x', 'rucio.one')]],
    ['is left without inputs', undefined, undefined],
  ])('%s', (_, input, expected) => {
    const is = withFreshWebhook({ name: 'n', input }).input;
    if (expected === 'minio') expect(is?.at(-1)).toEqual(at('a/in', 'minio'));
    else expect(is).toEqual(expected);
  });

  test('is nobody’s wish: what is read has each place once, and of two filters in one place both', () => {
    const png = { ...at('a/in'), suffix: ['.png'] };
    expect(eachOnce([at('a/in'), png, at('b/in'), at('a/in'), png])).toEqual([at('a/in'), png, at('b/in')]);
  });
});

test.each([
  ['is made plain where another bucket would be left', [at('a/in'), at('a/in')], [at('b/out')], [at('a/in')]],
  ['may stay where its one bucket goes in any case', [at('a/in'), at('a/in')], [at('a/out'), at('b/out', 'minio.far')], null],
  ['may stay where nothing is twice', [at('a/in')], [at('b/out')], null],
])('a definition that is to be removed %s', (_, input, output, expected) => {
  expect(withoutSecond({ input, output })?.input ?? null).toEqual(expected);
});

const rights =
  'error setting MinIO policy for user/group cluster_admin: The specified user does not exist. (Specified user does not exist)';
test.each([
  [`Error creating the service: ${rights}`, true],
  [`error setting new policies: error creating/adding MinIO policy for user/group : Invalid.`, true],
  [`Error creating the service: error removing resourceError creating the service: ${rights}`, true],
  [`error updating asociated secret: gone`, false],
  [`Error creating the service: ${rights}error setting new policies: no`, false],
  ['Error creating the service: the bucket is there', false],
  ['', false],
])('%j is only of rights: %j', (text, expected) => {
  expect(isOnlyOfRights(text)).toBe(expected);
});
