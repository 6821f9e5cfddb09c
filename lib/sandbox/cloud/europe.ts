import type { CloudDefinition, FlavorDefinition, ImageDefinition } from './definition';
import { stableUuid } from './world';

const flavor = (name: string, vcpus: number, ramGiB: number, diskGiB: number, extra: Partial<FlavorDefinition> = {}): FlavorDefinition => ({
  id: stableUuid(`europe/flavor/${name}`),
  name,
  vcpus,
  ramMiB: ramGiB * 1024,
  diskGiB,
  extraSpecs: {},
  ...extra,
});

const families = [
  { ref: 'ubuntu:24.04', distro: 'ubuntu', version: '24.04', user: 'ubuntu', title: 'Ubuntu 24.04', sizeMiB: 2810 },
  { ref: 'ubuntu:22.04', distro: 'ubuntu', version: '22.04', user: 'ubuntu', title: 'Ubuntu 22.04', sizeMiB: 2644 },
  { ref: 'ubuntu:20.04', distro: 'ubuntu', version: '20.04', user: 'ubuntu', title: 'Ubuntu 20.04', sizeMiB: 2403 },
  { ref: 'debian:12', distro: 'debian', version: '12', user: 'debian', title: 'Debian 12', sizeMiB: 1120 },
  { ref: 'debian:11', distro: 'debian', version: '11', user: 'debian', title: 'Debian 11', sizeMiB: 1034 },
  { ref: 'alma:9', distro: 'almalinux', version: '9', user: 'almalinux', title: 'AlmaLinux 9', sizeMiB: 1610 },
  { ref: 'alma:8', distro: 'almalinux', version: '8', user: 'almalinux', title: 'AlmaLinux 8', sizeMiB: 1570 },
];
const builds = ['2026-06-02', '2026-07-14', '2026-09-01', '2026-10-20'];

// More than one page of Glance's 25: whoever does not follow `next` misses the newest builds.
const images: ImageDefinition[] = builds.flatMap((date) =>
  families.map((family) => {
    const tag = `${date}-${stableUuid(family.ref + date).slice(0, 8)}`;
    return {
      id: stableUuid(`europe/image/${family.ref}/${date}`),
      name: `${family.title} [${tag}]`,
      sizeBytes: family.sizeMiB * 1024 * 1024,
      minDiskGiB: 8,
      minRamMiB: 512,
      createdAt: `${date}T03:10:00Z`,
      properties: {
        os_type: 'linux',
        os_distro: family.distro,
        os_version: family.version,
        os_admin_user: family.user,
        architecture: 'x86_64',
        marketplace: 'registry.egi.eu',
        'eu.egi.cloud.image_ref': `egi_vm_images/${family.ref}`,
        'eu.egi.cloud.tag': tag,
        'eu.egi.cloud.description': `${family.title}, built by EGI on ${date}`,
      },
    };
  }),
);

/** "Sandbox Europe": a site of the EGI Federated Cloud, with federated login and a project for each VO. */
export function europe(issuer: string): CloudDefinition {
  return {
    id: 'europe',
    name: 'Sandbox Europe',
    region: 'sandbox-europe',
    domain: { id: 'default', name: 'Default' },
    federation: { identityProvider: 'egi.eu', protocol: 'openid', issuer },
    membershipMinutes: 7 * 24 * 60,
    projects: [
      { name: 'vo.sandbox.eu', vo: 'vo.sandbox.eu' },
      { name: 'training.sandbox.eu', vo: 'training.sandbox.eu' },
      { name: 'testbed', vo: null },
    ],
    localUser: { name: 'researcher', project: 'testbed' },
    flavors: [
      flavor('m1.tiny', 1, 1, 10),
      flavor('m1.small', 1, 2, 20),
      flavor('m1.medium', 2, 4, 40),
      flavor('m1.large', 4, 8, 80),
      flavor('m1.xlarge', 8, 16, 160),
      flavor('c1.2xlarge', 16, 32, 160),
      flavor('gpu1.a100', 16, 64, 200, {
        extraSpecs: { 'pci_passthrough:alias': 'a100:1', 'Accelerator:Number': '1', 'Accelerator:Type': 'GPU' },
      }),
      // larger than all others, so that no one who looks for the smallest that fits takes them unasked
      flavor('fault.error-state', 24, 128, 400, { fault: 'error-state' }),
      flavor('fault.step-fails', 24, 128, 400, { fault: 'step-fails' }),
      flavor('fault.never-boots', 24, 128, 400, { fault: 'never-boots' }),
    ],
    images,
    networks: [
      {
        id: stableUuid('europe/network/public'),
        name: 'public',
        external: true,
        shared: false,
        portSecurity: true,
        subnet: {
          id: stableUuid('europe/subnet/public'),
          cidr: '203.0.113.0/24',
          pool: ['203.0.113.10', '203.0.113.250'],
          gateway: '203.0.113.1',
        },
      },
    ],
    zones: ['nova', 'zone-2'],
    volumeTypes: ['__DEFAULT__', 'ssd'],
    quotas: {
      cores: 100,
      ram: 409_600,
      instances: 40,
      key_pairs: 100,
      network: 20,
      subnet: 40,
      router: 10,
      port: 200,
      floatingip: 20,
      security_group: 50,
      security_group_rule: 500,
      volumes: 20,
      gigabytes: 2000,
    },
    octavia: true,
    blazar: null,
    consoles: 'vnc',
    timing: { build: [1, 3], bareMetalBuild: [1, 3], boot: 3, delete: 0.8, volume: 0.8, leaseLoop: 2, leaseStart: 6 },
  };
}
