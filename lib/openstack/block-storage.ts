import { z } from 'zod';
import { limitOf } from './limits';
import { pkgcloudBlockStorage } from './pkgcloud/block-storage';
import type { Service } from './service';
import type { BlockStorage, CloudVolume } from './types';
import { claimOf } from './volume-claim';

const volume = z
  .object({
    id: z.string(),
    name: z.string().nullish(),
    description: z.string().nullish(),
    status: z.string(),
    size: z.number(),
    availability_zone: z.string().nullish(),
    bootable: z.union([z.string(), z.boolean()]).nullish(),
    attachments: z.array(z.object({ server_id: z.string() })).default([]),
    metadata: z.record(z.string(), z.unknown()).nullish(),
  })
  .transform(
    (raw): CloudVolume => ({
      id: raw.id,
      name: raw.name ?? '',
      status: raw.status,
      sizeGiB: raw.size,
      ...(raw.availability_zone && { zone: raw.availability_zone }),
      ...ownerIn(raw.metadata),
      ...claimOf(raw),
      ...(String(raw.bootable) === 'true' && { boots: true as const }),
      attachments: raw.attachments.map(({ server_id }) => ({ serverId: server_id })),
    }),
  );

function ownerIn(metadata: Record<string, unknown> | null | undefined): { deployment?: string } {
  const deployment = metadata?.['transat:deployment'];
  return typeof deployment === 'string' ? { deployment } : {};
}

const limits = z.object({
  limits: z.object({
    absolute: z.object({
      maxTotalVolumes: z.number(),
      totalVolumesUsed: z.number(),
      maxTotalVolumeGigabytes: z.number(),
      totalGigabytesUsed: z.number(),
    }),
  }),
});

/** Cinder of one site. */
export function blockStorageClient(service: Service): BlockStorage {
  const pkgcloud = pkgcloudBlockStorage(service);
  return {
    volumes: (options) => service.list(volume, '/volumes/detail', 'volumes', {}, options),
    async createVolume({ name, sizeGiB, type }, tags) {
      const metadata = { 'transat:deployment': tags.deployment, 'transat:key': tags.key };
      const body = { volume: { name, size: sizeGiB, volume_type: type, metadata } };
      return (await service.ask(z.object({ volume }), { method: 'POST', path: '/volumes', body })).volume;
    },
    deleteVolume: (id) => pkgcloud.deleteVolume(id),
    async limits(options) {
      const all = (await service.ask(limits, { method: 'GET', path: '/limits', ...options })).limits.absolute;
      return {
        volumes: limitOf(all.maxTotalVolumes, all.totalVolumesUsed),
        volumeGiB: limitOf(all.maxTotalVolumeGigabytes, all.totalGigabytesUsed),
      };
    },
    volumeTypes: (options) => pkgcloud.getVolumeTypes(options),
  };
}
