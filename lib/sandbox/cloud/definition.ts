import type { Asked } from '../state/leases';

/** What a sandbox cloud is made of before anybody does anything there. */
export interface CloudDefinition {
  /** path segment: `europe` */
  id: string;
  name: string;
  region: string;
  /** Keystone's domain of projects and local people */
  domain: { id: string; name: string };
  federation: { identityProvider: string; protocol: string; issuer: string } | null;
  /** minutes for which a federated membership is believed, as Keystone's `authorization_ttl` */
  membershipMinutes: number;
  /** project name → VO whose vm_operators may use it (null: only local people) */
  projects: { name: string; vo: string | null }[];
  /** the local person, whose password and application credential are made with the data folder */
  localUser: { name: string; project: string };
  flavors: FlavorDefinition[];
  images: ImageDefinition[];
  networks: NetworkDefinition[];
  zones: string[];
  /** by which protocol a browser opens the screen of a virtual machine */
  consoles: 'vnc' | 'spice';
  volumeTypes: string[];
  /** -1: no limit */
  quotas: Record<QuotaName, number>;
  /** there is Octavia */
  octavia?: true;
  /** null: no Blazar here */
  blazar: BlazarDefinition | null;
  /** seconds from the request to ACTIVE, and from there to the first word of the node; how often Blazar looks for what is due, and how long it takes to begin a lease */
  timing: {
    build: [number, number];
    bareMetalBuild: [number, number];
    boot: number;
    delete: number;
    volume: number;
    leaseLoop: number;
    leaseStart: number;
  };
}

/** What can be leased at a cloud, and by what rules. */
export interface BlazarDefinition {
  /** its plugins */
  kinds: Asked['kind'][];
  hosts: HostDefinition[];
  /** addresses outside of the allocation pool */
  floatingIps: { id: string; networkId: string; subnetId: string; address: string }[];
  /** VLANs on which networks can be reserved (Chameleon's fork) */
  segments: { id: string; properties: Record<string, string> }[];
  /** its Keystone takes trusts from application credentials */
  trustsCredentials: boolean;
  /** virtual machines find a host by a lease only */
  machinesNeedLease: boolean;
  maxSeconds: number;
  /** how long before its end a lease that runs can be extended */
  extensionSeconds: number;
  /** how long before its end the owner is reminded */
  reminderSeconds: number;
}

export type QuotaName =
  | 'cores'
  | 'ram'
  | 'instances'
  | 'key_pairs'
  | 'network'
  | 'subnet'
  | 'router'
  | 'port'
  | 'floatingip'
  | 'security_group'
  | 'security_group_rule'
  | 'volumes'
  | 'gigabytes';

export interface FlavorDefinition {
  id: string;
  name: string;
  vcpus: number;
  ramMiB: number;
  diskGiB: number;
  extraSpecs: Record<string, string>;
  bareMetal?: boolean;
  fault?: 'error-state' | 'step-fails' | 'never-boots';
}

export interface ImageDefinition {
  id: string;
  name: string;
  sizeBytes: number;
  minDiskGiB: number;
  minRamMiB: number;
  createdAt: string;
  properties: Record<string, string>;
}

export interface NetworkDefinition {
  id: string;
  name: string;
  external: boolean;
  shared: boolean;
  portSecurity: boolean;
  subnet: { id: string; cidr: string; pool: [string, string]; gateway: string };
}

export interface HostDefinition {
  id: string;
  name: string;
  properties: Record<string, string>;
  vcpus: number;
  memoryMiB: number;
  diskGiB: number;
  /** how much of the time other people have it, from 0 to 1 */
  busy: number;
  /** how the public registry of hardware tells of it */
  hardware?: HardwareDefinition;
}

/** A node as Chameleon's reference repository describes it. */
export interface HardwareDefinition {
  cpu: string;
  platform: 'x86_64' | 'aarch64';
  sockets: number;
  threads: number;
  ramGiB: number;
  gpu: { model: string; count: number; vendor: string } | null;
  infiniband: boolean;
  disks: { media: 'SSD' | 'Rotational'; sizeGB: number }[];
}
