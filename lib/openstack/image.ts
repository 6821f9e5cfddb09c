import { z } from 'zod';
import type { Service } from './service';
import type { CloudImage, ImageService } from './types';

/** An image as `GET /v2/images` has it: fixed keys, and beside them whatever properties it was given. */
const image = z
  .looseObject({
    id: z.string(),
    name: z.string().nullish(),
    status: z.string(),
    min_disk: z.number().nullish(),
    min_ram: z.number().nullish(),
    size: z.number().nullish(),
    created_at: z.string(),
    visibility: z.enum(['public', 'private', 'shared', 'community']).catch('shared'),
    owner: z.string().nullish(),
    disk_format: z.string().nullish(),
    container_format: z.string().nullish(),
    tags: z.array(z.string()).catch([]),
  })
  .transform(
    ({
      id,
      name,
      status,
      min_disk,
      min_ram,
      size,
      created_at,
      visibility,
      owner,
      disk_format,
      container_format,
      tags,
      ...rest
    }): CloudImage => ({
      id,
      name: name ?? '',
      status,
      minDiskGiB: min_disk ?? 0,
      minRamMiB: min_ram ?? 0,
      sizeBytes: size ?? null,
      createdAt: created_at,
      visibility,
      owner: owner ?? null,
      diskFormat: disk_format ?? null,
      containerFormat: container_format ?? null,
      tags,
      properties: Object.fromEntries(Object.entries(rest).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
    }),
  );

/** Glance of one site: all images that the project can see. */
export function imageClient(service: Service): ImageService {
  return { images: (options) => service.list(image, '/images', 'images', {}, options) };
}
