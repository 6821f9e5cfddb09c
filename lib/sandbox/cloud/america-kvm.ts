import { america } from './america';
import type { CloudDefinition, FlavorDefinition, HostDefinition } from './definition';
import { stableUuid } from './world';

const GIB = 1024;

interface Kind {
  count: number;
  vcpus: number;
  ramGiB: number;
  gpu: boolean;
}
const kinds: Kind[] = [
  { count: 20, vcpus: 96, ramGiB: 384, gpu: false },
  { count: 4, vcpus: 192, ramGiB: 1024, gpu: true },
];

/** The hypervisors on which the places for machines are; nobody sees them as such. */
const hypervisors: HostDefinition[] = kinds
  .flatMap((kind) => Array.from({ length: kind.count }, (_, index) => ({ kind, index })))
  .map(({ kind, index }, position) => ({
    id: String(position + 1),
    name: `kvm-${kind.gpu ? 'h100' : 'cpu'}-${String(index + 1).padStart(2, '0')}`,
    vcpus: kind.vcpus,
    memoryMiB: kind.ramGiB * GIB,
    diskGiB: 8_000,
    busy: 0.8,
    properties: {
      node_type: kind.gpu ? 'kvm_h100' : 'kvm_cpu',
      'architecture.platform_type': 'x86_64',
      ...(kind.gpu ? { traits: 'CUSTOM_GPU' } : {}),
    },
  }));

/**
 * "Sandbox KVM": like Chameleon's site of virtual machines, where each needs a lease of its flavor. While the lease runs the project has a flavor
 * of its own that boots on what was kept.
 */
export function americaKvm(issuer: string): CloudDefinition {
  const base = america(issuer);
  const own = (what: string, name: string) => stableUuid(`america-kvm/${what}/${name}`);
  const flavor = (one: FlavorDefinition): FlavorDefinition => ({ ...one, id: own('flavor', one.name) });
  const networks = base.networks.map((network) => ({
    ...network,
    id: own('network', network.name),
    portSecurity: true,
    subnet: { ...network.subnet, id: own('subnet', network.name) },
  }));
  const external = networks.find((network) => network.external);
  const floatingIps = (base.blazar?.floatingIps ?? []).map(({ address }) => ({
    id: own('floating-ip', address),
    networkId: external?.id ?? '',
    subnetId: external?.subnet.id ?? '',
    address,
  }));
  return {
    ...base,
    id: 'america-kvm',
    name: 'Sandbox KVM',
    region: 'sandbox-america-kvm',
    flavors: base.flavors.filter(({ bareMetal, fault }) => !bareMetal && !fault).map(flavor),
    images: base.images
      .filter(({ properties }) => properties.architecture === 'x86_64')
      .map((one) => ({ ...one, id: own('image', one.name) })),
    networks,
    blazar: {
      kinds: ['flavor:instance', 'virtual:instance', 'virtual:floatingip'],
      hosts: hypervisors,
      floatingIps,
      segments: [],
      // unlike the other: so do some sites
      trustsCredentials: true,
      machinesNeedLease: true,
      // six months; those with a graphics card a week, which only the site's own filter knows
      maxSeconds: 183 * 86_400,
      extensionSeconds: 183 * 86_400,
      reminderSeconds: 2 * 86_400,
    },
  };
}
