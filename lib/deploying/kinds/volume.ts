import { AppError } from '@/lib/core/errors';
import type { BlockStorage, Cloud, CloudVolume } from '@/lib/openstack/types';
import type { Found, Kind } from './types';

// https://docs.openstack.org/api-ref/block-storage/v3/#volumes-volumes: the states of a volume
const states = new Map<string, Found['state']>([
  ['available', 'ready'],
  ['in-use', 'ready'],
  ['reserved', 'ready'],
  ['attaching', 'ready'],
  ['detaching', 'ready'],
  ['error', 'error'],
  ['error_deleting', 'error'],
  ['error_extending', 'error'],
  ['error_restoring', 'error'],
  ['deleting', 'leaving'],
]);

export const volume: Kind<'volume'> = {
  label: 'volume',
  disk: true,
  service: 'block-storage',
  deadlineSeconds: () => 300,
  tries: () => 2,
  leaveSeconds: () => 20,
  leavesSlowly: true,
  async list(cloud, prefix, known = new Map()) {
    if (!cloud.blockStorage) return [];
    const volumes = await cloud.blockStorage.volumes();
    // one that a cluster has made has a name of its own
    return volumes.flatMap((it) => {
      const name = it.name.startsWith(prefix) ? it.name : known.get(it.id);
      return name === undefined ? [] : [volumeOf({ ...it, name })];
    });
  },
  async create(cloud, spec, build) {
    return volumeOf(await storageOf(cloud).createVolume({ name: build.name, sizeGiB: spec.sizeGiB, type: spec.type }, build.tags));
  },
  remove: (cloud, found) => storageOf(cloud).deleteVolume(found.id),
};

function volumeOf(it: CloudVolume): Found {
  const observed = { status: it.status, zone: it.zone, servers: it.attachments.map(({ serverId }) => serverId) };
  const fault = it.status.startsWith('error') ? `The volume is in the state ${it.status}.` : undefined;
  return { id: it.id, name: it.name, state: states.get(it.status) ?? 'building', observed, parts: [], fault };
}

function storageOf(cloud: Cloud): BlockStorage {
  if (cloud.blockStorage) return cloud.blockStorage;
  throw new AppError({
    code: 'upstream-refused',
    title: 'This site has no volumes',
    detail: `The catalogue of ${cloud.site} names no block storage service.`,
    remedy: 'Deploy without a volume, or choose another site.',
  });
}
