/** How a site of the measurement is. */
export type Mood = 'well' | 'slow' | 'hung' | 'broken';

const flavors = Array.from({ length: 20 }, (_, index) => ({
  id: `flavor-${index}`,
  name: `m${index}`,
  vcpus: 1 + (index % 16),
  ram: 2048 * (1 + (index % 16)),
  disk: 40,
  extra_specs: {},
}));
const images = Array.from({ length: 60 }, (_, index) => ({
  id: `image-${index}`,
  name: index % 2 ? `Ubuntu 24.04 build ${index}` : `Debian 12 build ${index}`,
  os_distro: index % 2 ? 'ubuntu' : 'debian',
  os_version: index % 2 ? '24.04' : '12',
  status: 'active',
  min_disk: 3,
  min_ram: 512,
  size: 600_000_000,
  created_at: `2026-0${1 + (index % 9)}-01T00:00:00Z`,
}));
const counted = { limit: 100, used: 3, reserved: 0 };
/** What every site of the measurement answers, by path. */
export const answers: Record<string, unknown> = {
  '/v3/auth/projects': { projects: [{ id: 'p1', name: 'testbed', enabled: true }] },
  '/compute/v2.1/': { version: { id: 'v2.1', version: '2.93', min_version: '2.1', status: 'CURRENT' } },
  '/compute/v2.1/flavors/detail': { flavors },
  '/compute/v2.1/os-keypairs': { keypairs: [] },
  '/compute/v2.1/os-availability-zone': { availabilityZoneInfo: [{ zoneName: 'nova', zoneState: { available: true } }] },
  '/compute/v2.1/limits': {
    limits: {
      rate: [],
      absolute: {
        maxTotalCores: 200,
        totalCoresUsed: 8,
        maxTotalRAMSize: 409_600,
        totalRAMUsed: 16_384,
        maxTotalInstances: 100,
        totalInstancesUsed: 2,
        maxTotalKeypairs: 100,
      },
    },
  },
  '/network/v2.0/networks': {
    networks: [{ id: 'net-public', name: 'public', status: 'ACTIVE', 'router:external': true, shared: false, subnets: ['subnet-public'] }],
  },
  '/network/v2.0/subnets': {
    subnets: [{ id: 'subnet-public', name: 'public', network_id: 'net-public', cidr: '203.0.113.0/24', gateway_ip: '203.0.113.1' }],
  },
  '/network/v2.0/quotas/p1/details.json': {
    quota: { network: counted, router: counted, port: counted, floatingip: counted, security_group: counted },
  },
  '/image/v2/images': { images },
  '/volume/v3/p1/limits': {
    limits: {
      rate: [],
      absolute: { maxTotalVolumes: 20, totalVolumesUsed: 0, maxTotalVolumeGigabytes: 2000, totalGigabytesUsed: 10 },
    },
  },
  '/volume/v3/p1/types': { volume_types: [{ id: 'type-1', name: 'ceph' }] },
};

/** Those that tell what is at a site. */
export const factPaths = Object.keys(answers).filter((path) => !path.startsWith('/v3/') && path !== '/compute/v2.1/');
