import { expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { newVolumeFaults, refusedVolume } from './new-volume';

test.each([
  [{ name: 'data', size: '5Gi' }, []],
  [{ name: 'd', size: '1.5G' }, []],
  [{ name: 'Data', size: '5Gi' }, ['name']],
  [{ name: '', size: '' }, ['name', 'size']],
  [{ name: 'a'.repeat(64), size: '1Gi' }, ['name']],
  [{ name: 'there', size: '0' }, ['name', 'size']],
])('of the volume %j it is said where it would be refused: %j', (volume, paths) => {
  expect(newVolumeFaults(volume, ['there']).map(({ path }) => path)).toEqual(paths);
});

const said = (message: string, code: 'conflict' | 'upstream-failed' = 'upstream-failed') =>
  new AppError({ code, title: 'No', upstream: { service: 'oscar', message } });
test.each([
  ['volume already exists in caller namespace', 'name', 'You have a volume “data” there already.'],
  ['not enough volume disk quota: requested 6Gi, available 2Gi', 'size', 'You have 2Gi left for volumes there'],
  ['not enough volume count quota: requested 1, available 0', 'name', 'as many volumes there as you may'],
  ['pvc "data" is forbidden: maximum storage usage per PersistentVolumeClaim is 5Gi, but request is 6Gi', 'size', 'may have 5Gi'],
  ['pvc "data" is forbidden: minimum storage usage per PersistentVolumeClaim is 200Mi, but request is 1Mi', 'size', 'must have 200Mi'],
  ['pvc "data" is forbidden: exceeded quota: ada, requested: requests.storage=6Gi', 'size', 'goes over what you may have'],
])('“%s” is said at its field', (message, path, words) => {
  const refused = refusedVolume(said(message), { name: 'data' });
  expect(refused).toMatchObject({ code: 'quota-exceeded', fields: [{ path, message: expect.stringContaining(words) }] });
});

test('a name that is taken is a conflict, and what is about no field stays as it was', () => {
  expect(refusedVolume(said('volume already exists', 'conflict'), { name: 'data' })).toMatchObject({ code: 'conflict' });
  for (const error of [said('etcd is away'), new AppError({ code: 'site-unreachable', title: 'Away' }), new Error('quota')])
    expect(refusedVolume(error, { name: 'data' })).toBe(error);
});
