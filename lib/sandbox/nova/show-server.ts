import { micro, zulu } from '../cloud/times';
import type { World } from '../cloud/world';
import { networkName } from '../neutron/ports';
import type { ServerRecord } from '../state/records';

export const serverLinks = (world: World, id: string) => [
  { rel: 'self', href: `${world.url}/compute/v2.1/servers/${id}` },
  { rel: 'bookmark', href: `${world.url}/compute/servers/${id}` },
];

/** A server as `GET /servers/detail` of the given microversion (2.x) shows it. */
export function showServer(world: World, server: ServerRecord, minor: number): Record<string, unknown> {
  const flavor = world.flavor(server.flavorId);
  const groups = [...new Set(portsOf(world, server).flatMap((port) => port.securityGroups))];
  const groupNames = groups.map((id) => world.state.securityGroups.find((group) => group.id === id)?.name ?? id);
  const oldFlavor = { id: server.flavorId, links: [{ rel: 'bookmark', href: `${world.url}/compute/flavors/${server.flavorId}` }] };
  return {
    id: server.id,
    name: server.name,
    status: server.status,
    tenant_id: server.projectId,
    user_id: server.userId,
    metadata: server.metadata,
    hostId: server.hostId,
    image: { id: server.imageId, links: [{ rel: 'bookmark', href: `${world.url}/compute/images/${server.imageId}` }] },
    flavor:
      minor >= 47 && flavor
        ? {
            vcpus: flavor.vcpus,
            ram: flavor.ramMiB,
            disk: flavor.diskGiB,
            ephemeral: 0,
            swap: 0,
            original_name: flavor.name,
            extra_specs: flavor.extraSpecs,
          }
        : oldFlavor,
    created: zulu(server.createdAt),
    updated: zulu(server.updatedAt),
    addresses: addresses(world, server),
    accessIPv4: '',
    accessIPv6: '',
    links: serverLinks(world, server.id),
    'OS-DCF:diskConfig': 'MANUAL',
    ...(server.status === 'ACTIVE' || server.status === 'BUILD' ? { progress: 0 } : {}),
    ...(server.fault ? { fault: { code: server.fault.code, created: zulu(server.fault.createdAt), message: server.fault.message } } : {}),
    'OS-EXT-AZ:availability_zone': server.zone,
    config_drive: '',
    key_name: server.keyName,
    'OS-SRV-USG:launched_at': server.launchedAt === null ? null : micro(server.launchedAt),
    'OS-SRV-USG:terminated_at': null,
    ...(groupNames.length > 0 && server.launchedAt !== null ? { security_groups: groupNames.map((name) => ({ name })) } : {}),
    'OS-EXT-STS:task_state': server.taskState,
    'OS-EXT-STS:vm_state': server.vmState,
    'OS-EXT-STS:power_state': server.powerState,
    'os-extended-volumes:volumes_attached': server.volumes.map((volume) => ({
      id: volume.id,
      ...(minor >= 3 ? { delete_on_termination: volume.deleteOnTermination } : {}),
    })),
    ...(minor >= 9 ? { locked: false } : {}),
    ...(minor >= 73 ? { locked_reason: null } : {}),
    ...(minor >= 19 ? { description: server.description } : {}),
    ...(minor >= 26 ? { tags: server.tags } : {}),
    ...(minor >= 63 ? { trusted_image_certificates: null } : {}),
    ...(minor >= 90 ? { 'OS-EXT-SRV-ATTR:hostname': server.hostname } : {}),
    ...(minor >= 71 ? { server_groups: [] } : {}),
  };
}

export function portsOf(world: World, server: ServerRecord) {
  return server.ports.flatMap(({ id }) => world.state.ports.filter((port) => port.id === id));
}

function addresses(world: World, server: ServerRecord): Record<string, unknown[]> {
  if (server.launchedAt === null) return {};
  const found: Record<string, unknown[]> = {};
  for (const port of portsOf(world, server)) {
    const entry = (address: string, type: string) => ({
      version: 4,
      addr: address,
      'OS-EXT-IPS:type': type,
      'OS-EXT-IPS-MAC:mac_addr': port.mac,
    });
    const floating = world.state.floatingIps.filter((ip) => ip.portId === port.id);
    const entries = [...port.fixedIps.map((ip) => entry(ip.address, 'fixed')), ...floating.map((ip) => entry(ip.address, 'floating'))];
    if (entries.length > 0) found[networkName(world, port)] = [...(found[networkName(world, port)] ?? []), ...entries];
  }
  return found;
}
