import type { CloudDefinition, FlavorDefinition, HostDefinition, ImageDefinition } from './definition';
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

interface NodeType {
  type: string;
  count: number;
  rack: string;
  cpu: string;
  threads: number;
  ramGiB: number;
  gpu?: string;
  gpus?: number;
  platform?: string;
}
const nodeTypes: NodeType[] = [
  { type: 'compute_skylake', count: 4, rack: '1', cpu: 'Intel Xeon Gold 6126', threads: 48, ramGiB: 192 },
  { type: 'compute_cascadelake_r', count: 3, rack: '2', cpu: 'Intel Xeon Gold 6240R', threads: 96, ramGiB: 192 },
  { type: 'compute_icelake_r650', count: 2, rack: '2', cpu: 'Intel Xeon Platinum 8380', threads: 160, ramGiB: 256 },
  { type: 'gpu_rtx_6000', count: 2, rack: '3', cpu: 'Intel Xeon Gold 6126', threads: 48, ramGiB: 192, gpu: 'RTX 6000', gpus: 1 },
  { type: 'gpu_a100_pcie', count: 1, rack: '3', cpu: 'AMD EPYC 7763', threads: 128, ramGiB: 512, gpu: 'A100', gpus: 4 },
  { type: 'compute_arm64', count: 1, rack: '4', cpu: 'ThunderX2 99xx', threads: 256, ramGiB: 256, platform: 'aarch64' },
];

const hosts: HostDefinition[] = nodeTypes
  .flatMap((kind) => Array.from({ length: kind.count }, (_, index) => ({ kind, index })))
  .map(({ kind, index }, position) => {
    const uid = stableUuid(`america/host/${kind.type}/${index}`);
    return {
      id: String(position + 1),
      name: uid,
      vcpus: kind.threads,
      memoryMiB: kind.ramGiB * 1024,
      diskGiB: 480,
      properties: {
        uid,
        node_name: `S${kind.rack}-${kind.type.replace(/^.*_/, '').toUpperCase()}-${String(index + 1).padStart(3, '0')}`,
        node_type: kind.type,
        'architecture.platform_type': kind.platform ?? 'x86_64',
        'architecture.smp_size': '2',
        'architecture.smt_size': String(kind.threads),
        'processor.model': kind.cpu,
        'main_memory.humanized_ram_size': `${kind.ramGiB} GiB`,
        'main_memory.ram_size': String(kind.ramGiB * 1024 ** 3),
        'gpu.gpu': kind.gpu ? 'True' : 'False',
        'gpu.gpu_model': kind.gpu ?? 'none',
        'gpu.gpu_count': String(kind.gpus ?? 0),
        'placement.rack': kind.rack,
        su_factor: kind.gpu ? (kind.gpu === 'A100' ? '16' : '2') : '1',
      },
    };
  });

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
        id: stableUuid('america/network/public'),
        name: 'public',
        external: true,
        shared: true,
        portSecurity: true,
        subnet: {
          id: stableUuid('america/subnet/public'),
          cidr: '198.51.100.0/24',
          pool: ['198.51.100.10', '198.51.100.250'],
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
    hosts,
    timing: { build: [2, 5], bareMetalBuild: [7, 11], boot: 5, delete: 1.5, volume: 1.2 },
  };
}
