import type { Secret } from '@/lib/core/secret';
import type { NewServer } from './compute/types';
import type { Reservation } from './reservation/types';

export type * from './compute/types';
export type * from './reservation/types';

import type { CloudFloatingIp, CloudNetwork, CloudPort, CloudRouter, CloudSecurityGroup, CloudSubnet } from './network-types';

export type { CloudFloatingIp, CloudNetwork, CloudPort, CloudRouter, CloudSecurityGroup, CloudSubnet } from './network-types';

/** Where Keystone is and how it is reached. */
export interface IdentityEndpoint {
  /** id of the site, for pools and limits */
  site: string;
  /** what people call it, for messages; left out: its id */
  name?: string;
  /** Keystone's v3 root, without a trailing slash */
  authUrl: string;
  region?: string;
  /** PEM of additional certificate authorities */
  ca?: string;
  allowPrivate?: boolean;
  /** ranges of private addresses that are allowed all the same, also over plain http */
  allowedRanges?: readonly string[];
  /** a person named its addresses: nothing is told of what is at one that is no such service, not even whether anything is */
  discreet?: boolean;
}

/** A user as Keystone is told of one: by id, or by name within a domain, which is told by name or by id. */
export type CloudUser = { id: string } | { name: string; domain: string } | { name: string; domainId: string };

/** How a person proves who they are to Keystone. */
export type CloudAuth =
  | {
      kind: 'oidc';
      identityProvider: string;
      otherNames?: string[]; // to be tried where the site does not know that one
      protocol: string;
      /** asked each time one is needed, so that it may be refreshed; `renew` after a 401 */
      accessToken(options?: { renew?: boolean }): Promise<Secret>;
    }
  | { kind: 'applicationCredential'; id: string; secret: Secret }
  | { kind: 'applicationCredential'; name: string; user: CloudUser; secret: Secret }
  | { kind: 'password'; user: CloudUser; password: Secret };

/** A scoped Keystone session as the other clients see it. */
interface CloudIdentity {
  user: { id: string; name: string };
  project: { id: string; name: string };
  roles: string[];
  /** when the token ends, ISO 8601 */
  expiresAt: string;
  /** services of the catalogue: `compute`, `network`, `image`, `block-storage`, `load-balancer`, `reservation` … */
  services: string[];
}

export interface Tags {
  deployment: string;
  key: string;
}

export interface CloudServer {
  id: string;
  name: string;
  status: string;
  taskState: string | null;
  fault?: { code: number; message: string; details?: string };
  addresses: { address: string; mac?: string }[];
  metadata: Record<string, string>;
  hostId?: string;
  /** name of its flavor as it is now, where Nova tells it (from microversion 2.47 on) */
  flavorName?: string;
  createdAt: string;
}
export interface CloudVolume {
  id: string;
  name: string;
  status: string;
  sizeGiB: number;
  /** its availability zone, which need not be one of the servers' */
  zone?: string;
  /** the deployment that its metadata names */
  deployment?: string;
  /** a server may boot from it */
  boots?: true;
  /** what it was made for, where a Kubernetes cluster made it */
  claim?: VolumeClaim;
  attachments: { serverId: string }[];
}
/** The claim of a Kubernetes cluster that a volume was made for, as far as its maker notes that beside it. */
export interface VolumeClaim {
  /** `namespace/name` of the claim */
  name?: string;
  /** what its maker was told that the cluster is called: `kubernetes`, unless somebody says otherwise */
  cluster?: string;
}
/** A load balancer of Octavia. */
export interface CloudLoadBalancer {
  id: string;
  name: string;
  /** `ACTIVE`, `PENDING_DELETE`, `ERROR` … */
  status: string;
  subnetId: string;
  portId: string;
  address: string;
}
export interface CloudKeyPair {
  name: string;
  fingerprint: string;
  publicKey: string;
}
export interface CloudFlavor {
  id: string;
  name: string;
  vcpus: number;
  ramMiB: number;
  diskGiB: number;
  extraSpecs: Record<string, string>;
}
export interface CloudImage {
  id: string;
  name: string;
  status: string;
  minDiskGiB: number;
  minRamMiB: number;
  sizeBytes: number | null;
  createdAt: string;
  visibility: 'public' | 'private' | 'shared' | 'community';
  /** id of the project that it belongs to; null where the site does not tell */
  owner: string | null;
  diskFormat: string | null;
  containerFormat: string | null;
  tags: string[];
  /** `os_distro`, `os_version`, `os_admin_user`, `architecture`, `eu.egi.cloud.image_ref` … */
  properties: Record<string, string>;
}
export type CloudProject = { id: string; name: string };
/** -1 of OpenStack is `null` here: no limit. */
export interface Limit {
  limit: number | null;
  used: number;
}

export interface CallOptions {
  signal?: AbortSignal;
}

/** Nova. Lists go through every page. A delete of what is gone already is a success. All throw AppError. */
export interface Compute {
  servers(filter: { namePrefix?: string }, options?: CallOptions): Promise<CloudServer[]>;
  server(id: string, options?: CallOptions): Promise<CloudServer | null>;
  createServer(server: NewServer, options?: CallOptions): Promise<{ id: string }>;
  deleteServer(id: string, options?: CallOptions): Promise<void>;
  startServer(id: string): Promise<void>;
  stopServer(id: string): Promise<void>;
  rebootServer(id: string, kind: 'SOFT' | 'HARD'): Promise<void>;
  /** Asks for another flavor: it stops, comes up with that, and is in VERIFY_RESIZE until it is confirmed or reverted; what can't be done is taken back by Nova. */
  resizeServer(id: string, flavorId: string): Promise<void>;
  /** It keeps the flavor that it was resized to: there is no way back from then on. */
  confirmResize(id: string): Promise<void>;
  /** It gets back the flavor, and what was on its disk, from before. */
  revertResize(id: string): Promise<void>;
  consoleLog(id: string, lines: number): Promise<string>;
  /** Address of a page with the screen and keyboard of a machine, good for some minutes for whoever has it. @throws AppError `upstream-refused` where the site gives none */
  remoteConsole(id: string): Promise<Secret>;
  flavors(options?: CallOptions): Promise<CloudFlavor[]>;
  availabilityZones(options?: CallOptions): Promise<string[]>;
  limits(options?: CallOptions): Promise<{ cores: Limit; ramMiB: Limit; instances: Limit; keyPairs: Limit }>;
  keyPairs(options?: CallOptions): Promise<CloudKeyPair[]>;
  createKeyPair(name: string, publicKey: string): Promise<CloudKeyPair>;
  deleteKeyPair(name: string): Promise<void>;
}

export interface NetworkQuotas {
  networks: Limit;
  /** this and the rules: left out where the site does not count them */
  subnets?: Limit;
  routers: Limit;
  ports: Limit;
  floatingIps: Limit;
  securityGroups: Limit;
  securityGroupRules?: Limit;
}
/** What became of a part that has no name of its own. */
export type Addition = 'made' | 'there';

/** Neutron. Everything ours is named, and tagged `transat:deployment=<id>` and `transat:key=<key>` once made. */
export interface Network {
  networks(filter?: { name?: string }, options?: CallOptions): Promise<CloudNetwork[]>;
  subnets(options?: CallOptions): Promise<CloudSubnet[]>;
  routers(options?: CallOptions): Promise<CloudRouter[]>;
  ports(filter?: { deviceId?: string; networkId?: string }, options?: CallOptions): Promise<CloudPort[]>;
  securityGroups(options?: CallOptions): Promise<CloudSecurityGroup[]>;
  floatingIps(options?: CallOptions): Promise<CloudFloatingIp[]>;
  createNetwork(network: { name: string }, tags: Tags): Promise<CloudNetwork>;
  createSubnet(subnet: { name: string; networkId: string; cidr: string; dnsServers: string[] }, tags: Tags): Promise<CloudSubnet>;
  createRouter(router: { name: string; externalNetworkId: string }, tags: Tags): Promise<CloudRouter>;
  /** @returns whether it was made now, or was there already, as the site says */
  addRouterInterface(routerId: string, subnetId: string): Promise<Addition>;
  removeRouterInterface(routerId: string, subnetId: string): Promise<void>;
  createPort(
    port: { name: string; networkId: string; subnetId?: string; fixedIp?: string; securityGroupIds: string[] },
    tags: Tags,
  ): Promise<CloudPort>;
  createSecurityGroup(group: { name: string }, tags: Tags): Promise<CloudSecurityGroup>;
  createSecurityGroupRule(rule: {
    securityGroupId: string;
    direction: 'ingress' | 'egress';
    protocol: string;
    fromPort?: number;
    toPort?: number;
    cidr?: string;
    remoteGroupId?: string;
    description: string;
  }): Promise<Addition>;
  createFloatingIp(ip: { description: string; externalNetworkId: string; portId: string }, tags: Tags): Promise<CloudFloatingIp>;
  deleteNetwork(id: string): Promise<void>;
  deleteSubnet(id: string): Promise<void>;
  deleteRouter(id: string): Promise<void>;
  deletePort(id: string): Promise<void>;
  deleteSecurityGroup(id: string): Promise<void>;
  deleteSecurityGroupRule(id: string): Promise<void>;
  deleteFloatingIp(id: string): Promise<void>;
  quotas(options?: CallOptions): Promise<NetworkQuotas>;
  extensions(options?: CallOptions): Promise<string[]>;
}

/** Cinder. */
export interface BlockStorage {
  volumes(options?: CallOptions): Promise<CloudVolume[]>;
  createVolume(volume: { name: string; sizeGiB: number; type?: string }, tags: Tags): Promise<CloudVolume>;
  deleteVolume(id: string): Promise<void>;
  limits(options?: CallOptions): Promise<{ volumes: Limit; volumeGiB: Limit }>;
  volumeTypes(options?: CallOptions): Promise<string[]>;
}

/** Octavia. Only what clusters have made is seen and deleted: Transat makes none. */
export interface LoadBalancing {
  loadBalancers(options?: CallOptions): Promise<CloudLoadBalancer[]>;
  /** With its listeners, pools and monitors. */
  deleteLoadBalancer(id: string): Promise<void>;
}

/** Glance. */
export interface ImageService {
  images(options?: CallOptions): Promise<CloudImage[]>;
}

/** One project of one cloud, signed in. */
export interface Cloud {
  /** the site's name, for messages */
  site: string;
  identity: CloudIdentity;
  compute: Compute;
  network: Network;
  image: ImageService;
  /** null where the catalogue has no block storage */
  blockStorage: BlockStorage | null;
  /** null where there is no Octavia */
  loadBalancing: LoadBalancing | null;
  /** null where there is no Blazar */
  reservation: Reservation | null;
  /** Revokes the Keystone token. */
  signOut(): Promise<void>;
}

/**
 * Signs in and scopes to a project. Tokens are kept for (endpoint, identity, project) and used again until two minutes before
 * they end; parallel callers share one sign-in.
 * @throws AppError `credential-invalid`, `credential-expired`, `vo-not-mapped`, `protocol-unsupported`, `project-not-yours`,
 *   `site-unreachable`, `site-tls-untrusted`, `site-address-refused`
 */
export type ConnectCloud = (endpoint: IdentityEndpoint, auth: CloudAuth, projectId?: string, options?: CallOptions) => Promise<Cloud>;
/** The projects that this identity may act in. Same errors. */
export type ListProjects = (endpoint: IdentityEndpoint, auth: CloudAuth, options?: CallOptions) => Promise<CloudProject[]>;
/**
 * Looks for a Keystone v3 at an address. @returns its v3 root, which may be below that, and the version it tells (`v3.14`)
 * @throws AppError `invalid-input` when something else answers, `site-unreachable`, `site-tls-untrusted`, `site-address-refused`
 */
export type FindIdentity = (endpoint: IdentityEndpoint, options?: CallOptions) => Promise<{ authUrl: string; version: string }>;
