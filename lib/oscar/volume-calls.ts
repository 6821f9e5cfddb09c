import { z } from 'zod';
import { amountOf } from './quantity';
import { step, type Transport } from './transport';
import type { OscarVolume } from './types';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
/** `ManagedVolume` of OSCAR (`pkg/types/volume.go`, 4.0 and later). */
const volumeSchema = z.object({
  name: z.string(),
  size: text,
  owner_user: text,
  created_by_service: text,
  lifecycle_policy: text,
  attachments: z
    .array(z.object({ service_name: z.string(), mount_path: text }))
    .nullish()
    .transform((value) => value ?? []),
  status: z
    .object({ phase: z.enum(['pending', 'ready', 'in_use', 'error', 'deleting', 'deleted']).catch('pending'), message: text })
    .nullish(),
});
const volumesSchema = z
  .array(volumeSchema)
  .nullable()
  .transform((value) => value ?? []);

/** Volumes of whoever asks (the cluster's own user has some of its own), only where the cluster's configuration says that it has any. */
export async function listVolumes(transport: Transport): Promise<OscarVolume[]> {
  const call = { method: 'GET', path: '/system/volumes', doing: 'list its volumes', expects: [200] } as const;
  return (await transport.read(call, volumesSchema)).map(volumeFrom);
}

/** Makes a volume. Never sent twice: whether a lost answer did its work, the list tells. @param wish its size as Kubernetes writes it: `5Gi` */
export async function createVolume(transport: Transport, wish: { name: string; size: string }): Promise<void> {
  const call = { method: 'POST', path: '/system/volumes', doing: `create the volume ${wish.name}`, body: wish, expects: [201] } as const;
  await transport.call(call);
}

/** Removes a volume with all that is on it; OSCAR refuses while a service mounts it. @returns whether there was one, as far as the release tells */
export async function deleteVolume(transport: Transport, name: string): Promise<boolean> {
  const path = `/system/volumes/${step(name)}`;
  const call = { method: 'DELETE', path, doing: `remove the volume ${name}`, expects: [204, 404] } as const;
  return (await transport.call(call)).status === 204;
}

function volumeFrom(wire: z.infer<typeof volumeSchema>): OscarVolume {
  const phase = wire.status?.phase ?? 'pending';
  return {
    name: wire.name,
    bytes: amountOf(wire.size),
    state: phase === 'in_use' ? 'in-use' : phase === 'deleted' ? 'deleting' : phase,
    note: wire.status?.message || null,
    owner: wire.owner_user,
    madeBy: wire.created_by_service || null,
    goesWithService: wire.created_by_service !== '' && wire.lifecycle_policy !== 'retain',
    mounts: wire.attachments.map(({ service_name, mount_path }) => ({ service: service_name, path: mount_path })),
  };
}
