import { expect, test } from 'vitest';
import { listProjects } from './connect';
import { cloudAt } from './testing/cloud-at';

test('a signed-in cloud tells who one is and what there is', async () => {
  const cloud = await cloudAt({});
  expect(cloud.identity).toMatchObject({
    user: { id: 'u1', name: 'ann' },
    project: { id: 'p1', name: 'testbed' },
    roles: ['member'],
    services: ['block-storage', 'compute', 'image', 'network', 'reservation'],
  });
});

test('a hung Keystone is waited for no longer than the caller wants', async () => {
  const cloud = await cloudAt({ 'GET /v3/auth/projects': 'hang' });
  const { endpoint, auth } = cloud.small;
  await expect(listProjects(endpoint, auth, { signal: AbortSignal.timeout(30) })).rejects.toMatchObject({ code: 'deadline-passed' });
});

test('images are read to the end, with the properties that are texts', async () => {
  const image = (id: string) => ({
    id,
    name: null,
    status: 'active',
    created_at: '2026-11-21T00:00:00Z',
    size: null,
    os_distro: 'debian',
    os_hidden: false,
    tags: [],
  });
  const cloud = await cloudAt({
    'GET /image/v2/images': ({ url }) =>
      url.includes('marker') ? { json: { images: [image('b')] } } : { json: { images: [image('a')], next: '/v2/images?marker=a' } },
  });
  expect(await cloud.image.images()).toEqual(
    ['a', 'b'].map((id) => ({
      id,
      name: '',
      status: 'active',
      minDiskGiB: 0,
      minRamMiB: 0,
      sizeBytes: null,
      createdAt: '2026-11-21T00:00:00Z',
      visibility: 'shared',
      owner: null,
      diskFormat: null,
      containerFormat: null,
      tags: [],
      properties: { os_distro: 'debian' },
    })),
  );
});

test('volumes are made with their tags, listed and counted', async () => {
  const volume = { id: 'v', name: 'data', status: 'available', size: 10, attachments: [{ server_id: 's' }] };
  const absolute = { maxTotalVolumes: -1, totalVolumesUsed: 1, maxTotalVolumeGigabytes: 100, totalGigabytesUsed: 10 };
  const cloud = await cloudAt({
    'POST /volume/v3/p1/volumes': { status: 202, json: { volume } },
    'GET /volume/v3/p1/volumes/detail': { json: { volumes: [volume] } },
    'GET /volume/v3/p1/limits': { json: { limits: { absolute } } },
  });
  await cloud.blockStorage?.createVolume({ name: 'data', sizeGiB: 10 }, { deployment: 'dep_1', key: 'data' });
  expect(cloud.sent('POST /volume/v3/p1/volumes')).toEqual([
    { volume: { name: 'data', size: 10, metadata: { 'transat:deployment': 'dep_1', 'transat:key': 'data' } } },
  ]);
  expect(await cloud.blockStorage?.volumes()).toEqual([
    { id: 'v', name: 'data', status: 'available', sizeGiB: 10, attachments: [{ serverId: 's' }] },
  ]);
  expect(await cloud.blockStorage?.limits()).toEqual({ volumes: { limit: null, used: 1 }, volumeGiB: { limit: 100, used: 10 } });
});
