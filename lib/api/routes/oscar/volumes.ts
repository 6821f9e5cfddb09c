import { listVolumes, makeVolume, removeVolume } from '@/lib/workloads/volumes/volumes';
import { listOf } from '../../contract/common';
import { newVolumeSchema, volumeSchema } from '../../contract/volumes';
import { route } from '../../http/route';

const reading = { name: 'read-clusters', most: 2400, seconds: 600 };
const changing = { name: 'change-services', most: 240, seconds: 600 };

/** Volumes of OSCAR clusters, which services mount. */
export const volumeRoutes = [
  route(
    {
      method: 'GET',
      path: '/clusters/{id}/volumes',
      access: 'signed-in',
      of: 'cluster',
      limit: reading,
      summary: 'Your volumes on a cluster of 4.0 or later, and which services mount each; 409 where it has none (`volumes` of its status)',
      answers: { 200: listOf(volumeSchema) },
    },
    async ({ person, params, services }) => ({ body: { items: await listVolumes(services, person.id, params.id), next: null } }),
  ),
  route(
    {
      method: 'POST',
      path: '/clusters/{id}/volumes',
      access: 'signed-in',
      of: 'cluster',
      limit: changing,
      summary: 'Make a volume, of a size as Kubernetes writes it (`5Gi`)',
      body: newVolumeSchema,
      answers: { 201: null },
    },
    async ({ person, params, body, services }) => {
      await makeVolume(services, person.id, params.id, body);
      return { status: 201 };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/clusters/{id}/volumes/{name}',
      access: 'signed-in',
      of: 'cluster',
      limit: changing,
      summary: 'Remove a volume with all that is on it; not while a service mounts it',
      answers: { 204: null },
    },
    async ({ person, params, services }) => {
      await removeVolume(services, person.id, params.id, params.name);
      return {};
    },
  ),
];
