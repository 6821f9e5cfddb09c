import type { Answer, Call } from '../../http/call';
import { quantity } from '../run/resources';
import type { ServiceRecord, VolumeRecord } from '../state';
import { accountOf, CLUSTER_ADMIN, type OscarWorld, ROOT_USER } from '../world';
import { bodyOf, type Caller, json, refuse } from './call';
import { limitsOf } from './quotas';
import type { ServiceBody } from './service-body';

const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const textAt = (body: unknown, key: string) => {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, key) : undefined;
  return typeof value === 'string' ? value.trim() : '';
};

/** Volumes of whoever asks; everybody has a namespace of their own. */
export function listVolumes(world: OscarWorld, caller: Caller): Answer {
  return json(volumesOf(world, caller.uid).map((volume) => shown(world, volume)));
}

export function getVolume(world: OscarWorld, caller: Caller, call: Call): Answer {
  const volume = volumeOf(world, caller.uid, call.params.name ?? '');
  if (!volume) throw refuse(404);
  return json(shown(world, volume));
}

export function createVolume(world: OscarWorld, caller: Caller, call: Call): Answer {
  const body = bodyOf(call);
  const [name, size] = [textAt(body, 'name'), textAt(body, 'size')];
  if (name === '' || size === '') {
    const field = name === '' ? 'Name' : 'Size';
    const what = `Key: 'ManagedVolumeCreateRequest.${field}' Error:Field validation for '${field}' failed on the 'required' tag`;
    throw refuse(400, `The volume specification is not valid: ${what}`);
  }
  if (!label.test(name)) throw refuse(400, 'volume.name must satisfy Kubernetes DNS-1123 naming rules');
  if (!quantity(size)) throw refuse(400, 'volume.size must be a valid positive quantity');
  if (caller.uid !== ROOT_USER) keepQuota(world, caller.uid, size);
  if (volumeOf(world, caller.uid, name)) throw refuse(409, 'volume already exists in caller namespace');
  const volume: VolumeRecord = { name, size, owner: caller.uid, service: null, lifecycle: '' };
  keepLimits(world, volume);
  world.state.volumes.push(volume);
  world.changed();
  return json(shown(world, volume), 201);
}

export function deleteVolume(world: OscarWorld, caller: Caller, call: Call): Answer {
  const volume = volumeOf(world, caller.uid, call.params.name ?? '');
  // 4.1.2 says that it went, of one that never was, too
  if (!volume) return { status: 204 };
  if (mountsOf(world, volume).length > 0) throw refuse(400, 'managed volume is still attached to one or more services');
  drop(world, volume);
  return { status: 204 };
}

/** What a service's volume is once it is kept: checked as OSCAR does. @throws Refusal 400 */
export function completeVolume(world: OscarWorld, body: ServiceBody): ServiceBody['volume'] {
  if (!body.volume || !world.abilities.quotas) return undefined;
  const { name, size, mount_path: path, lifecycle_policy: policy } = body.volume;
  const wrong = (what: string) => refuse(400, `The service specification is not valid: ${what}`);
  if (path === '') throw wrong('volume.mount_path is required');
  if (size === '' && name === '') throw wrong('volume.name is required when volume.size is not set');
  if (name !== '' && !label.test(name)) throw wrong('volume.name must satisfy Kubernetes DNS-1123 naming rules');
  if (size !== '' && !quantity(size)) throw wrong('volume.size must be a valid positive quantity');
  if (size === '' && policy !== '') throw wrong('volume.lifecycle_policy is only valid when volume.size is set');
  if (size !== '' && !['', 'delete', 'retain'].includes(policy)) {
    throw wrong('volume.lifecycle_policy must be either "delete" or "retain"');
  }
  if (!path.startsWith('/')) throw wrong('volume.mount_path must be an absolute path');
  if (/^\/oscar\/(config|bin)(\/|$)/.test(path)) throw wrong('volume.mount_path cannot overlap OSCAR reserved paths');
  return size === '' ? body.volume : { ...body.volume, name: name || body.name, lifecycle_policy: policy || 'delete' };
}

/** Gives a new service its volume. @throws Refusal 400, 409, 500 */
export function attachVolume(world: OscarWorld, { volume, owner: whose, name }: ServiceRecord): void {
  if (!volume) return;
  const owner = accountOf(whose);
  const there = volumeOf(world, owner, volume.name);
  if (volume.size === '') {
    if (!there) throw refuse(400, 'Referenced volume does not exist in the caller namespace');
    return;
  }
  if (there) throw refuse(409, 'A managed volume with the provided name already exists');
  const made: VolumeRecord = { name: volume.name, size: volume.size, owner, service: name, lifecycle: volume.lifecycle_policy };
  if (owner !== ROOT_USER) keepQuota(world, owner, volume.size);
  keepLimits(world, made);
  world.state.volumes.push(made);
}

/** Whether two services have the same volume: OSCAR changes that of none. */
export const sameVolume = (one: ServiceBody['volume'], other: ServiceBody['volume']) =>
  JSON.stringify(partsOf(one)) === JSON.stringify(partsOf(other));
const partsOf = (volume: ServiceBody['volume']) => volume && [volume.name, volume.size, volume.mount_path, volume.lifecycle_policy];

/** With a service goes the volume that was made with it. */
export function dropVolumeOf(world: OscarWorld, service: ServiceRecord): void {
  const made = world.state.volumes.find((one) => one.owner === accountOf(service.owner) && one.service === service.name);
  if (made && made.lifecycle !== 'retain') drop(world, made);
}

const volumesOf = (world: OscarWorld, uid: string) => world.state.volumes.filter(({ owner }) => owner === uid);
const volumeOf = (world: OscarWorld, uid: string, name: string) => volumesOf(world, uid).find((one) => one.name === name);
const mountsOf = ({ state }: OscarWorld, { name, owner }: VolumeRecord) =>
  state.services.filter((one) => accountOf(one.owner) === owner && one.volume?.name === name);

function drop(world: OscarWorld, volume: VolumeRecord): void {
  world.state.volumes.splice(world.state.volumes.indexOf(volume), 1);
  world.changed();
}

function keepQuota(world: OscarWorld, uid: string, size: string): void {
  const { disk, volumes } = limitsOf(world, uid);
  const own = volumesOf(world, uid);
  const used = own.reduce((sum, one) => sum + (quantity(one.size) ?? 0), 0);
  const left = Math.max(0, (quantity(disk) ?? 0) - used);
  if ((quantity(size) ?? 0) > left) {
    throw refuse(400, `not enough volume disk quota: requested ${size}, available ${left / 2 ** 20}Mi`);
  }
  if (own.length >= Number(volumes)) throw refuse(400, 'not enough volume count quota: requested 1, available 0');
}

/** Kubernetes' own limits, of which OSCAR passes on what they say. */
function keepLimits(world: OscarWorld, { name, size, owner }: VolumeRecord): void {
  if (owner === ROOT_USER) return;
  const { largest, smallest } = limitsOf(world, owner);
  const bytes = quantity(size) ?? 0;
  const no = (what: string) => refuse(500, `persistentvolumeclaims "${name}" is forbidden: ${what}, but request is ${size}`);
  if (bytes > (quantity(largest) ?? 0)) throw no(`maximum storage usage per PersistentVolumeClaim is ${largest}`);
  if (bytes < (quantity(smallest) ?? 0)) throw no(`minimum storage usage per PersistentVolumeClaim is ${smallest}`);
}

function shown(world: OscarWorld, volume: VolumeRecord): unknown {
  const attachments = mountsOf(world, volume).map(({ name, volume: mounted }) => ({
    service_name: name,
    mount_path: mounted?.mount_path ?? '',
  }));
  const { name, size, owner, service, lifecycle } = volume;
  return {
    name,
    namespace: owner === ROOT_USER ? 'oscar-svc' : `oscar-svc-${owner.slice(0, 8)}`,
    pvc_name: name,
    size,
    owner_user: owner === ROOT_USER ? CLUSTER_ADMIN : owner,
    ...(service ? { created_by_service: service } : {}),
    creation_mode: service ? 'service' : 'api',
    ...(lifecycle ? { lifecycle_policy: lifecycle } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
    status: {
      phase: attachments.length > 0 ? 'in_use' : 'ready',
      ...(attachments.length > 0 ? { attachment_count: attachments.length } : {}),
    },
  };
}
