import { americanHosts } from './america-hosts';
import type { CloudDefinition, FlavorDefinition, ImageDefinition } from './definition';
import { stableUuid } from './world';

const flavor = (name: string, vcpus: number, ramMiB: number, diskGiB: number, extra: Partial<FlavorDefinition> = {}): FlavorDefinition => ({
  id: stableUuid(`america/flavor/${name}`),
  name,
  vcpus,
  ramMiB,
  diskGiB,
  extraSpecs: {},
  ...extra,
});

const image = (name: string, version: string, distro: string, extra: Record<string, string> = {}): ImageDefinition => ({
  id: stableUuid(`america/image/${name}`),
  name,
  sizeBytes: 3_200 * 1024 * 1024,
  minDiskGiB: 10,
  minRamMiB: 512,
  createdAt: '2026-10-28T11:00:00Z',
  properties: {
    os_type: 'linux',
    os_distro: distro,
    os_version: version,
    os_admin_user: 'cc',
    architecture: 'x86_64',
    'build-variant': 'base',
    'build-os': name,
    ...extra,
  },
});

const publicNetwork = stableUuid('america/network/public');
const publicSubnet = stableUuid('america/subnet/public');

/** Addresses that only leases give: they lie outside of the pool of the public network. */
const floatingIps = Array.from({ length: 16 }, (_, index) => {
  const address = `198.51.100.${224 + index}`;
  return { id: stableUuid(`america/floating-ip/${address}`), networkId: publicNetwork, subnetId: publicSubnet, address };
});

/** VLANs on which networks can be reserved; the last of them reach into other testbeds. */
const segments = Array.from({ length: 30 }, (_, index) => ({
  id: stableUuid(`america/segment/${index}`),
  properties: {
    network_type: 'vlan',
    physical_network: 'physnet1',
    segment_id: String(3501 + index),
    stitch_provider: index < 26 ? 'none' : 'fabric',
    usage_type: index < 26 ? 'none' : 'storage',
  },
}));

/** "Sandbox America": a Chameleon-like site with bare metal that needs a lease, and virtual machines beside it. */
export function america(issuer: string): CloudDefinition {
  return {
    id: 'america',
    name: 'Sandbox America',
    region: 'sandbox-america',
    domain: { id: 'chameleon', name: 'chameleon' },
    federation: { identityProvider: 'chameleon', protocol: 'openid', issuer },
    // upstream's default: roles of federated people are not kept, so they get no application credentials
    membershipMinutes: 0,
    projects: [
      { name: 'CHI-sandbox', vo: null },
      { name: 'CHI-compilers', vo: null },
    ],
    localUser: { name: 'taylor', project: 'CHI-sandbox' },
    flavors: [
      flavor('m1.tiny', 1, 512, 10),
      flavor('m1.small', 1, 2048, 20),
      flavor('m1.medium', 2, 4096, 40),
      flavor('m1.large', 4, 8192, 40),
      flavor('m1.xlarge', 8, 16_384, 40),
      flavor('m1.xxlarge', 16, 32_768, 40),
      flavor('g1.h100.pci.1', 48, 256_000, 40, { extraSpecs: { 'pci_passthrough:alias': 'h100:1', 'trait:CUSTOM_GPU': 'required' } }),
      flavor('baremetal', 1, 512, 20, { bareMetal: true, extraSpecs: { 'resources:CUSTOM_BAREMETAL': '1', 'resources:VCPU': '0' } }),
      flavor('fault.error-state', 64, 512_000, 400, { fault: 'error-state' }),
      flavor('fault.step-fails', 64, 512_000, 400, { fault: 'step-fails' }),
      flavor('fault.never-boots', 64, 512_000, 400, { fault: 'never-boots' }),
    ],
    images: [
      image('CC-Ubuntu24.04', '24.04', 'ubuntu'),
      image('CC-Ubuntu24.04-CUDA', '24.04', 'ubuntu', { 'build-variant': 'cuda' }),
      image('CC-Ubuntu24.04-ARM64', '24.04', 'ubuntu', { architecture: 'aarch64' }),
      image('CC-Ubuntu22.04', '22.04', 'ubuntu'),
      image('CC-Ubuntu22.04-CUDA', '22.04', 'ubuntu', { 'build-variant': 'cuda' }),
      image('CC-CentOS9-Stream', '9-stream', 'centos'),
    ],
    networks: [
      {
        id: publicNetwork,
        name: 'public',
        external: true,
        shared: true,
        portSecurity: true,
        subnet: {
          id: publicSubnet,
          cidr: '198.51.100.0/24',
          pool: ['198.51.100.10', '198.51.100.220'],
          gateway: '198.51.100.1',
        },
      },
      {
        id: stableUuid('america/network/sharednet1'),
        name: 'sharednet1',
        external: false,
        shared: true,
        // bare metal: nothing between the switch and the host could filter
        portSecurity: false,
        subnet: {
          id: stableUuid('america/subnet/sharednet1'),
          cidr: '10.52.0.0/22',
          pool: ['10.52.0.100', '10.52.3.250'],
          gateway: '10.52.0.1',
        },
      },
    ],
    zones: ['nova'],
    volumeTypes: ['ceph-ssd', 'ceph-hdd'],
    quotas: {
      cores: -1,
      ram: -1,
      instances: -1,
      key_pairs: 100,
      network: 10,
      subnet: 10,
      router: 5,
      port: 500,
      floatingip: 10,
      security_group: 50,
      security_group_rule: 500,
      volumes: 20,
      gigabytes: 1000,
    },
    blazar: {
      kinds: ['physical:host', 'virtual:floatingip', 'network'],
      hosts: americanHosts,
      floatingIps,
      segments,
      trustsCredentials: false,
      machinesNeedLease: false,
      maxSeconds: 7 * 86_400,
      extensionSeconds: 2 * 86_400,
      reminderSeconds: 2 * 86_400,
    },
    consoles: 'spice',
    timing: { build: [2, 5], bareMetalBuild: [7, 11], boot: 5, delete: 1.5, volume: 1.2, leaseLoop: 2, leaseStart: 6 },
  };
}
