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
  })
  .transform(
    ({ id, name, status, min_disk, min_ram, size, created_at, ...rest }): CloudImage => ({
      id,
      name: name ?? '',
      status,
      minDiskGiB: min_disk ?? 0,
      minRamMiB: min_ram ?? 0,
      sizeBytes: size ?? null,
      createdAt: created_at,
      properties: Object.fromEntries(Object.entries(rest).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
    }),
  );

/** Glance of one site: all images that the project can see. */
export function imageClient(service: Service): ImageService {
  return { images: (options) => service.list(image, '/images', 'images', {}, options) };
}
