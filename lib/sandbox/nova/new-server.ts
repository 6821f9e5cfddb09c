import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { FlavorDefinition, ImageDefinition } from '../cloud/definition';
import type { World } from '../cloud/world';
import { check, parseJson } from '../http/body';
import type { Call } from '../http/call';
import type { ProjectSession } from '../keystone/sessions';
import { addPort, allNetworks, allSubnets, checkQuota, freeAddress, seesNetwork } from '../neutron/net';
import { groupsFor } from '../neutron/ports';
import type { ServerRecord } from '../state/records';
import { invalidBody, malformedBody, novaFault } from './errors';
import { leasedFlavors } from './leased-flavors';
import { checkComputeQuota } from './limits';
import { serverLinks } from './show-server';

const device = z.object({
  boot_index: z.union([z.number().int(), z.string()]).nullish(),
  uuid: z.string().nullish(),
  source_type: z.string(),
  destination_type: z.string().optional(),
  delete_on_termination: z.boolean().optional(),
  device_name: z.string().nullish(),
  volume_size: z.union([z.number(), z.string()]).nullish(),
  volume_type: z.string().nullish(),
  tag: z.string().nullish(),
});
const imageId = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/i;
const newServer = z.strictObject({
  server: z.strictObject({
    name: z.string().min(1, "'' is too short").max(255),
    flavorRef: z.union([z.string(), z.number().transform(String)]),
    imageRef: z
      .string()
      .regex(imageId, { error: (issue) => `'${String(issue.input)}' is not valid under any of the given schemas` })
      .optional(),
    key_name: z.string().optional(),
    networks: z
      .union([
        z.enum(['none', 'auto']),
        z.array(
          z.strictObject({
            uuid: z.string().optional(),
            port: z.string().optional(),
            fixed_ip: z.string().optional(),
            tag: z.string().optional(),
          }),
        ),
      ])
      .optional(),
    security_groups: z.array(z.object({ name: z.string() })).optional(),
    user_data: z.string().max(65_535, 'is too long').nullish(),
    metadata: z.record(z.string(), z.string().max(255)).optional(),
    tags: z.array(z.string()).optional(),
    description: z.string().nullish(),
    hostname: z.string().optional(),
    availability_zone: z.string().nullish(),
    config_drive: z.union([z.boolean(), z.string()]).nullish(),
    block_device_mapping_v2: z.array(device).optional(),
    min_count: z.number().int().min(1).optional(),
    max_count: z.number().int().min(1).optional(),
    adminPass: z.string().optional(),
    accessIPv4: z.string().optional(),
    accessIPv6: z.string().optional(),
    'OS-DCF:diskConfig': z.string().optional(),
    return_reservation_id: z.boolean().optional(),
  }),
  'os:scheduler_hints': z.record(z.string(), z.unknown()).optional(),
});
type Given = z.infer<typeof newServer>['server'];

/** POST /servers: all that Nova checks before it answers. @returns the servers, in BUILD, and the answer's body */
export function createServers(world: World, call: Call, session: ProjectSession): { servers: ServerRecord[]; body: unknown } {
  const parsed = check(newServer, parseJson(call.text, malformedBody), invalidBody);
  const given = parsed.server;
  const hint = parsed['os:scheduler_hints']?.reservation;
  const leased = leasedFlavors(world).find(({ flavor: one }) => one.id === given.flavorRef);
  const flavor =
    leased?.projectId === session.projectId ? leased.flavor : world.definition.flavors.find(({ id }) => id === given.flavorRef);
  if (!flavor) throw novaFault(400, `Flavor ${given.flavorRef} could not be found.`);
  const image = imageOf(world, given);
  checkFits(flavor, image, bootVolumeGiB(given));
  if (
    given.key_name !== undefined &&
    !world.state.keyPairs.some((pair) => pair.name === given.key_name && pair.userId === session.user.id)
  ) {
    throw novaFault(400, 'Invalid key_name provided.');
  }
  if (given.availability_zone && !zoneExists(world, given.availability_zone))
    throw novaFault(400, 'The requested availability zone is not available');
  if (Object.keys(given.metadata ?? {}).length > 128) throw novaFault(403, 'Quota exceeded for metadata_items: maximum is 128');
  const groups = groupNames(world, session.projectId, given);
  const count = Math.max(given.min_count ?? 1, given.max_count ?? given.min_count ?? 1);
  checkNetworks(world, session.projectId, given, count);
  checkVolumes(world, session.projectId, given);
  checkComputeQuota(world, session.projectId, { instances: count, cores: flavor.vcpus * count, ram: flavor.ramMiB * count });
  const servers = Array.from({ length: count }, (_, index) => {
    const name = count > 1 ? `${given.name}-${index + 1}` : given.name;
    const reservationId = leased ? leased.flavor.id : typeof hint === 'string' ? hint : null;
    return makeServer(world, session, { given, name, flavor, image, groups, reservationId });
  });
  const first = servers[0];
  const body = {
    server: {
      id: first?.id,
      links: serverLinks(world, first?.id ?? ''),
      'OS-DCF:diskConfig': 'MANUAL',
      security_groups: (given.security_groups ?? [{ name: 'default' }]).map(({ name }) => ({ name })),
      adminPass: given.adminPass ?? randomBytes(9).toString('base64').replace(/\W/g, 'x'),
    },
  };
  return { servers, body };
}

function imageOf(world: World, given: Given): ImageDefinition {
  const boot = given.block_device_mapping_v2?.find((one) => Number(one.boot_index) === 0);
  const id = given.imageRef || (boot?.source_type === 'image' ? boot.uuid : undefined);
  if (!id)
    throw novaFault(
      400,
      'Block Device Mapping is Invalid: Boot sequence for the instance and image/block device mapping combination is not valid.',
    );
  const image = world.image(id);
  if (!image) throw novaFault(400, 'Can not find requested image');
  return image;
}

/** Size of the volume that is made of the image to boot from, where one is. */
function bootVolumeGiB({ block_device_mapping_v2: devices = [] }: Given): number | undefined {
  const boot = devices.find((one) => Number(one.boot_index) === 0);
  if (boot?.source_type !== 'image' || boot.destination_type !== 'volume') return undefined;
  const size = Number(boot.volume_size);
  if (!(size > 0)) throw novaFault(400, 'Block Device Mapping is Invalid: Volume size must be specified.');
  return size;
}

function checkFits(flavor: FlavorDefinition, image: ImageDefinition, onVolumeGiB: number | undefined): void {
  if (flavor.bareMetal) return;
  if ((onVolumeGiB ?? flavor.diskGiB) < image.minDiskGiB) {
    throw novaFault(
      400,
      `Flavor's disk is too small for requested image. Flavor disk is ${flavor.diskGiB * 1024 ** 3} bytes, image is ${image.minDiskGiB * 1024 ** 3} bytes.`,
    );
  }
  if (flavor.ramMiB < image.minRamMiB) throw novaFault(400, "Flavor's memory is too small for requested image.");
}

function zoneExists(world: World, wanted: string): boolean {
  const zone = wanted.split(':')[0] ?? '';
  return (
    world.definition.zones.includes(zone) ||
    world.state.leases.some((lease) => lease.reservations.some((one) => `blazar_${one.id}` === zone))
  );
}

function groupNames(world: World, projectId: string, given: Given): string[] | undefined {
  return given.security_groups?.map(({ name }) => {
    const known = world.state.securityGroups.find((group) => group.projectId === projectId && (group.name === name || group.id === name));
    if (known) return known.id;
    if (name === 'default') return groupsFor(world, projectId, undefined, true)[0] ?? '';
    throw novaFault(400, `Unable to find security_group with name or id '${name}'`);
  });
}

function checkNetworks(world: World, projectId: string, given: Given, count: number): void {
  if (given.networks === undefined) throw novaFault(400, "Invalid input for field/attribute server. 'networks' is a required property");
  if (typeof given.networks === 'string') return;
  for (const wanted of given.networks) {
    if (wanted.port !== undefined) {
      const port = world.state.ports.find((one) => one.id === wanted.port && one.projectId === projectId);
      if (!port) throw novaFault(400, `Port id ${wanted.port} could not be found.`);
      if (port.deviceId) throw novaFault(409, `Port ${port.id} is still in use.`);
      if (port.fixedIps.length === 0) throw novaFault(400, `Port ${port.id} requires a FixedIP in order to be used.`);
      if (count > 1)
        throw novaFault(
          400,
          'Unable to launch multiple instances with a single configured port ID. Please launch your instance one by one with different ports.',
        );
      continue;
    }
    const network = allNetworks(world).find((one) => one.id === wanted.uuid && seesNetwork(projectId)(one));
    if (!network) throw novaFault(400, `Network ${wanted.uuid} could not be found.`);
    if (network.external && !network.shared)
      throw novaFault(403, `It is not allowed to create an interface on external network ${network.id}`);
    if (!allSubnets(world).some((subnet) => subnet.networkId === network.id)) {
      throw novaFault(400, `Network ${network.id} requires a subnet in order to boot instances on.`);
    }
  }
}

function volumesOf(given: Given) {
  return (given.block_device_mapping_v2 ?? []).filter((one) => one.source_type === 'volume');
}

function checkVolumes(world: World, projectId: string, given: Given): void {
  for (const wanted of volumesOf(given)) {
    const volume = world.state.volumes.find((one) => one.id === wanted.uuid && one.projectId === projectId);
    if (!volume) throw novaFault(400, `Block Device Mapping is Invalid: failed to get volume ${wanted.uuid}.`);
    if (volume.status !== 'available') {
      throw novaFault(400, `Invalid volume: volume '${volume.id}' status must be 'available'. Currently in '${volume.status}' status.`);
    }
  }
}

interface Making {
  given: Given;
  name: string;
  flavor: FlavorDefinition;
  image: ImageDefinition;
  groups: string[] | undefined;
  reservationId: string | null;
}

function makeServer(world: World, session: ProjectSession, { given, name, flavor, image, groups, reservationId }: Making): ServerRecord {
  const { projectId } = session;
  const id = randomUUID();
  const now = world.now();
  const networks = Array.isArray(given.networks) ? given.networks : [];
  const ports = networks.map((wanted) => {
    if (wanted.port !== undefined) return { id: wanted.port, ours: false };
    const network = allNetworks(world).find((one) => one.id === wanted.uuid);
    const subnet = allSubnets(world).find((one) => one.networkId === wanted.uuid);
    if (!network || !subnet) throw novaFault(400, `Network ${wanted.uuid} could not be found.`);
    checkQuota(world, projectId, 'port');
    const fixedIps = [{ subnetId: subnet.id, address: freeAddress(world, subnet) }];
    const securityGroups = groupsFor(world, projectId, network.portSecurity ? groups : undefined, network.portSecurity);
    return { id: addPort(world, projectId, network, { securityGroups, fixedIps }).id, ours: true };
  });
  for (const { id: portId } of ports) {
    const port = world.state.ports.find((one) => one.id === portId);
    if (port) Object.assign(port, { deviceId: id, deviceOwner: 'compute:nova', updatedAt: now, revision: port.revision + 1 });
  }
  const volumes = volumesOf(given).map((wanted, index) => {
    const deviceName = `/dev/vd${String.fromCharCode('b'.charCodeAt(0) + index)}`;
    const volume = world.state.volumes.find((one) => one.id === wanted.uuid);
    if (volume) Object.assign(volume, { status: 'reserved', updatedAt: now });
    return { id: wanted.uuid ?? '', device: deviceName, deleteOnTermination: wanted.delete_on_termination ?? false };
  });
  const server: ServerRecord = {
    id,
    name,
    description: given.description ?? null,
    hostname:
      given.hostname ??
      name
        .toLowerCase()
        .replace(/[^a-z0-9-]+/g, '-')
        .replace(/^-+|-+$/g, ''),
    projectId,
    userId: session.user.id,
    status: 'BUILD',
    vmState: 'building',
    taskState: 'scheduling',
    powerState: 0,
    flavorId: flavor.id,
    imageId: image.id,
    keyName: given.key_name ?? null,
    zone: '',
    wantedZone: given.availability_zone ?? null,
    metadata: given.metadata ?? {},
    tags: given.tags ?? [],
    userData: given.user_data ?? null,
    ports,
    volumes,
    hostId: '',
    hostName: null,
    reservationId,
    createdAt: now,
    updatedAt: now,
    launchedAt: null,
    fault: null,
    console: [],
    agent: null,
  };
  world.state.servers.push(server);
  world.changed();
  return server;
}

/** What Nova shows for a host, so that tenants can tell two apart without knowing either. */
export const hostIdOf = (projectId: string, host: string) =>
  createHash('sha224')
    .update(projectId + host)
    .digest('hex');
