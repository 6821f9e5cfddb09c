import { agentKnows } from '@/lib/nodes/protocol';
import type { World } from '../cloud/world';
import type { ServerRecord } from '../state/records';

const titles: Record<string, string> = { ubuntu: 'Ubuntu', debian: 'Debian GNU/Linux', almalinux: 'AlmaLinux', centos: 'CentOS Stream' };

/** What the agent of a simulated machine tells of it; bare metal is as large as its host. */
export function factsOf(world: World, server: ServerRecord): Record<string, string | number | boolean> {
  const flavor = world.flavor(server.flavorId);
  const properties = world.image(server.imageId)?.properties ?? {};
  const host = flavor?.bareMetal ? world.definition.blazar?.hosts.find((one) => one.name === server.hostName) : undefined;
  const distro = properties.os_distro ?? 'linux';
  return {
    agent: agentKnows,
    os: `${titles[distro] ?? distro} ${properties.os_version ?? ''}`.trim(),
    distro,
    distroVersion: properties.os_version ?? '',
    kernel: '6.1.0-26-cloud-amd64',
    architecture: properties.architecture ?? 'x86_64',
    cpus: host?.vcpus ?? flavor?.vcpus ?? 1,
    memoryMiB: host?.memoryMiB ?? flavor?.ramMiB ?? 1024,
    diskGiB: host?.diskGiB ?? flavor?.diskGiB ?? 10,
    virtualization: host ? 'none' : 'kvm',
    cgroupVersion: 2,
    python: '3.11.2',
    bootSeconds: Math.floor((server.launchedAt ?? server.createdAt) / 1000),
  };
}
