import type { RecipeGroup } from '@/lib/catalog/types';
import type { Quota, Site, SiteFacts } from '@/lib/sites/types';

const site = (id: string): Site => ({
  id,
  name: id,
  provider: 'custom',
  authUrl: `https://${id}.example.org/v3`,
  methods: ['oidc'],
  features: { leases: false, bareMetal: false, volumes: true, floatingIps: true, securityGroups: true },
  rules: {},
});

/** Two sites that are not there, for whoever wants to see what a recipe would make: the second is for parts that must be apart. */
export const imaginarySites: Readonly<Record<'here' | 'there', Site>> = { here: site('here'), there: site('there') };

const endless: Quota = { limit: null, used: 0 };
/** where a recipe leaves it open */
const usualImage = { distro: 'ubuntu', version: '24.04' };

/** What such a site has: machines as the groups want them at least, the images that they support, and no end of anything. */
export function imaginaryFacts(groups: readonly RecipeGroup[]): SiteFacts {
  const systems = groups.flatMap(({ supportedImages }) => supportedImages);
  return {
    flavors: groups.map(({ name, minVcpus, minRamMiB, minDiskGiB }) => ({
      id: name,
      name,
      vcpus: minVcpus,
      ramMiB: minRamMiB,
      diskGiB: Math.max(minDiskGiB, 1),
      bareMetal: false,
      gpus: 8,
    })),
    images: [...systems, usualImage].map(({ distro, version }) => ({
      id: `${distro}-${version}`,
      name: `${distro}-${version}`,
      distro,
      version,
      architecture: 'x86_64',
      loginUser: distro,
      minDiskGiB: 1,
      minRamMiB: 1,
    })),
    networks: [
      {
        id: 'public',
        name: 'public',
        external: true,
        shared: false,
        subnets: [{ id: 'public', cidr: '203.0.113.0/24', gateway: '203.0.113.1' }],
      },
    ],
    quotas: {
      cores: endless,
      ramMiB: endless,
      instances: endless,
      floatingIps: endless,
      networks: endless,
      routers: endless,
      ports: endless,
      securityGroups: endless,
      volumes: endless,
      volumeGiB: endless,
    },
    availabilityZones: ['nova'],
    volumeTypes: ['any'],
    asOf: '2026-01-01T00:00:00Z',
    gaps: [],
  };
}
