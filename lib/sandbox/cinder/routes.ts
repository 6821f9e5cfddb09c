import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { micro } from '../cloud/times';
import { stableUuid, type World } from '../cloud/world';
import { check, parseJson } from '../http/body';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { ProjectSession } from '../keystone/sessions';
import { invalidBody, malformedBody, novaFault } from '../nova/errors';
import { page } from '../nova/paging';
import type { VolumeRecord } from '../state/records';

const size = z.union([
  z
    .number()
    .int()
    .min(1, { error: (issue) => `${String(issue.input)} is less than the minimum of 1` }),
  z
    .string()
    .regex(/^[1-9]\d*$/, { error: (issue) => `'${String(issue.input)}' does not match '^[0-9]+$'` })
    .transform(Number),
]);
const newVolume = z.object({
  volume: z.object({
    size,
    name: z.string().max(255).nullish(),
    description: z.string().max(255).nullish(),
    volume_type: z.string().nullish(),
    availability_zone: z.string().nullish(),
    metadata: z.record(z.string(), z.string()).nullish(),
    imageRef: z.string().nullish(),
    snapshot_id: z.string().nullish(),
    source_volid: z.string().nullish(),
  }),
});
const changedVolume = z.object({
  volume: z.object({
    name: z.string().nullish(),
    description: z.string().nullish(),
    metadata: z.record(z.string(), z.string()).optional(),
  }),
});

const versionOf = (world: World) => ({
  id: 'v3.0',
  status: 'CURRENT',
  version: '3.70',
  min_version: '3.0',
  updated: '2022-08-31T00:00:00Z',
  links: [{ rel: 'self', href: `${world.url}/volume/v3/` }],
  'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.volume+json;version=3' }],
});

/** Cinder's versions, at its root: a choice of one. */
export const cinderVersions = (world: World): Route => route('GET', '/', () => ({ status: 300, body: { versions: [versionOf(world)] } }));

/** What there is to know of v3, at the root of that. */
export const cinderVersion = (world: World): Route => route('GET', '/', () => ({ status: 200, body: { versions: [versionOf(world)] } }));

/** Cinder v3. Paths are those below `/volume/v3`: they begin with the project. */
export function cinderRoutes(world: World, session: (call: Call) => ProjectSession): Route[] {
  const base = '/:project';
  const own = (call: Call) => {
    const { projectId } = session(call);
    if (call.params.project !== projectId) throw novaFault(400, 'Malformed request url');
    return world.state.volumes.filter((volume) => volume.projectId === projectId);
  };
  const mine = (call: Call): VolumeRecord => {
    const volume = own(call).find((one) => one.id === call.params.id);
    if (!volume) throw novaFault(404, `Volume ${call.params.id} could not be found.`);
    return volume;
  };
  const links = (volume: VolumeRecord) => [
    { rel: 'self', href: `${world.url}/volume/v3/${volume.projectId}/volumes/${volume.id}` },
    { rel: 'bookmark', href: `${world.url}/volume/${volume.projectId}/volumes/${volume.id}` },
  ];
  const show = (volume: VolumeRecord) => showVolume(volume, links(volume));
  const types = world.definition.volumeTypes.map((name) => ({
    id: stableUuid(`${world.definition.id}/volume-type/${name}`),
    name,
    is_public: true,
    description: name === '__DEFAULT__' ? 'Default Volume Type' : null,
    extra_specs: {},
    'os-volume-type-access:is_public': true,
  }));

  world.schedule.on('volume-made', (id) => {
    const volume = world.state.volumes.find((one) => one.id === id);
    if (volume?.status === 'creating') Object.assign(volume, { status: 'available', updatedAt: world.now() });
  });
  world.schedule.on('volume-deleted', (id) => {
    world.state.volumes = world.state.volumes.filter((volume) => volume.id !== id);
  });

  const listed = (call: Call) => {
    const kept = own(call).filter((volume) =>
      ['name', 'status'].every((key) => !call.query.has(key) || call.query.get(key) === Reflect.get(volume, key)),
    );
    kept.sort((one, other) => other.createdAt - one.createdAt || one.id.localeCompare(other.id));
    return page(call, kept, `${world.url}/volume/v3${call.path}`);
  };
  return [
    route('GET', `${base}/volumes`, (call) => {
      const { items, next } = listed(call);
      const volumes = items.map((volume) => ({ id: volume.id, name: volume.name, links: links(volume) }));
      return { status: 200, body: { volumes, ...(next ? { volumes_links: next } : {}) } };
    }),
    route('GET', `${base}/volumes/detail`, (call) => {
      const { items, next } = listed(call);
      return {
        status: 200,
        body: {
          volumes: items.map((volume) => ({ ...show(volume), 'os-vol-tenant-attr:tenant_id': volume.projectId })),
          ...(next ? { volumes_links: next } : {}),
        },
      };
    }),
    route('POST', `${base}/volumes`, (call) => {
      const all = own(call);
      const { projectId, user } = session(call);
      const { volume: given } = check(newVolume, parseJson(call.text, malformedBody), invalidBody);
      const type = given.volume_type ?? world.definition.volumeTypes[0] ?? '';
      if (!types.some((one) => one.name === type || one.id === type))
        throw novaFault(404, `Volume type with name ${type} could not be found.`);
      checkQuota(world, projectId, all, given.size);
      const now = world.now();
      const volume: VolumeRecord = {
        id: randomUUID(),
        name: given.name ?? null,
        description: given.description ?? null,
        projectId,
        userId: user.id,
        sizeGiB: given.size,
        type: types.find((one) => one.id === type)?.name ?? type,
        zone: given.availability_zone ?? 'nova',
        status: 'creating',
        metadata: given.metadata ?? {},
        attachment: null,
        createdAt: now,
        updatedAt: now,
      };
      world.state.volumes.push(volume);
      world.changed();
      world.schedule.after(world.definition.timing.volume * 1000, 'volume-made', volume.id);
      return { status: 202, body: { volume: { ...show(volume), updated_at: null } } };
    }),
    route('GET', `${base}/volumes/:id`, (call) => {
      const volume = mine(call);
      return { status: 200, body: { volume: { ...show(volume), 'os-vol-tenant-attr:tenant_id': volume.projectId } } };
    }),
    route('PUT', `${base}/volumes/:id`, (call) => {
      const volume = mine(call);
      const { volume: given } = check(changedVolume, parseJson(call.text, malformedBody), invalidBody);
      if (given.name !== undefined) volume.name = given.name;
      if (given.description !== undefined) volume.description = given.description;
      volume.metadata = given.metadata ?? volume.metadata;
      volume.updatedAt = world.now();
      world.changed();
      return { status: 200, body: { volume: show(volume) } };
    }),
    route('DELETE', `${base}/volumes/:id`, (call) => {
      const volume = mine(call);
      if (!['available', 'error'].includes(volume.status)) {
        throw novaFault(
          400,
          'Invalid volume: Volume status must be available or error or error_restoring or error_extending or error_managing and must not be migrating, attached, belong to a group, have snapshots, awaiting a transfer, or be disassociated from snapshots after volume transfer.',
        );
      }
      Object.assign(volume, { status: 'deleting', updatedAt: world.now() });
      world.changed();
      world.schedule.after(world.definition.timing.volume * 1000, 'volume-deleted', volume.id);
      return { status: 202 };
    }),
    route('GET', `${base}/limits`, (call) => {
      const all = own(call);
      const { projectId } = session(call);
      const absolute = {
        maxTotalVolumes: world.quota(projectId, 'volumes'),
        maxTotalSnapshots: 10,
        maxTotalVolumeGigabytes: world.quota(projectId, 'gigabytes'),
        maxTotalBackups: 10,
        maxTotalBackupGigabytes: 1000,
        totalVolumesUsed: all.length,
        totalGigabytesUsed: gigabytes(all),
        totalSnapshotsUsed: 0,
        totalBackupsUsed: 0,
        totalBackupGigabytesUsed: 0,
      };
      return { status: 200, body: { limits: { rate: [], absolute } } };
    }),
    route('GET', `${base}/types`, (call) => {
      own(call);
      return { status: 200, body: { volume_types: types } };
    }),
    route('GET', `${base}/types/:id`, (call) => {
      own(call);
      const type = types.find((one) => one.id === call.params.id);
      if (!type) throw novaFault(404, `Volume type ${call.params.id} could not be found.`);
      return { status: 200, body: { volume_type: type } };
    }),
    route('GET', `${base}/snapshots/detail`, (call) => {
      own(call);
      return { status: 200, body: { snapshots: [] } };
    }),
    route('GET', `${base}/os-availability-zone`, (call) => {
      own(call);
      return { status: 200, body: { availabilityZoneInfo: [{ zoneName: 'nova', zoneState: { available: true } }] } };
    }),
  ];
}

const gigabytes = (volumes: VolumeRecord[]) => volumes.reduce((sum, volume) => sum + volume.sizeGiB, 0);

function checkQuota(world: World, projectId: string, all: VolumeRecord[], more: number): void {
  const most = world.quota(projectId, 'gigabytes');
  const count = world.quota(projectId, 'volumes');
  const over = (message: string) => novaFault(413, message, { retryAfter: '0' }, { 'Retry-After': '0' });
  if (most >= 0 && gigabytes(all) + more > most) {
    throw over(
      `VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes quota. Requested ${more}G, quota is ${most}G and ${gigabytes(all)}G has been consumed.`,
    );
  }
  if (count >= 0 && all.length >= count)
    throw over(`VolumeLimitExceeded: Maximum number of volumes allowed (${count}) exceeded for quota 'volumes'.`);
}

function showVolume(volume: VolumeRecord, links: unknown[]): Record<string, unknown> {
  const { attachment } = volume;
  return {
    id: volume.id,
    status: volume.status,
    size: volume.sizeGiB,
    availability_zone: volume.zone,
    created_at: micro(volume.createdAt),
    updated_at: micro(volume.updatedAt),
    name: volume.name,
    description: volume.description,
    volume_type: volume.type,
    snapshot_id: null,
    source_volid: null,
    metadata: volume.metadata,
    links,
    user_id: volume.userId,
    bootable: 'false',
    encrypted: false,
    replication_status: null,
    consistencygroup_id: null,
    multiattach: false,
    attachments: attachment
      ? [
          {
            id: volume.id,
            attachment_id: attachment.id,
            volume_id: volume.id,
            server_id: attachment.serverId,
            host_name: null,
            device: attachment.device,
            attached_at: micro(attachment.at),
          },
        ]
      : [],
  };
}
