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
  volumeTypes: string[];
  /** -1: no limit */
  quotas: Record<QuotaName, number>;
  /** null: no Blazar here */
  hosts: HostDefinition[] | null;
  /** seconds from the request to ACTIVE, and from there to the first word of the node */
  timing: { build: [number, number]; bareMetalBuild: [number, number]; boot: number; delete: number; volume: number };
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
}
