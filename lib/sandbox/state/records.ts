import type { AgentMessage, Bundle } from '@/lib/nodes/protocol';
import type { LeaseRecord } from './leases';
import type { LoadBalancerRecord } from './load-balancers';

/** What a sandbox cloud remembers. Times are milliseconds since 1970, ids are the cloud's own. */

export interface UserRecord {
  id: string;
  name: string;
  domainId: string;
  /** project ids this person may act in, and the roles there */
  projects: Record<string, string[]>;
  /** of people with a password */
  password?: string;
  /** of federated people: when their membership was last seen, and which group it gave */
  federated?: { seenAt: number; groups: string[]; identityProvider: string; protocol: string };
}

export interface TokenRecord {
  id: string;
  auditId: string;
  userId: string;
  projectId: string | null;
  roles: string[];
  methods: string[];
  issuedAt: number;
  expiresAt: number;
  applicationCredentialId?: string;
}

export interface ApplicationCredentialRecord {
  id: string;
  name: string;
  description: string | null;
  secretHash: string;
  userId: string;
  projectId: string;
  roles: string[];
  unrestricted: boolean;
  expiresAt: number | null;
  /** made with the sandbox itself */
  seeded?: boolean;
}

interface ServerFault {
  code: number;
  message: string;
  createdAt: number;
}

export interface ServerRecord {
  id: string;
  name: string;
  description: string | null;
  hostname: string;
  projectId: string;
  userId: string;
  status: 'BUILD' | 'ACTIVE' | 'SHUTOFF' | 'REBOOT' | 'HARD_REBOOT' | 'ERROR' | 'RESIZE' | 'VERIFY_RESIZE' | 'REVERT_RESIZE';
  vmState: 'building' | 'active' | 'stopped' | 'error' | 'resized';
  taskState: string | null;
  powerState: number;
  flavorId: string;
  imageId: string;
  keyName: string | null;
  zone: string;
  wantedZone: string | null;
  metadata: Record<string, string>;
  tags: string[];
  userData: string | null;
  /** `ours`: made by Nova, so gone with the server */
  ports: { id: string; ours: boolean }[];
  volumes: { id: string; device: string; deleteOnTermination: boolean }[];
  hostId: string;
  /** bare metal and leased machines: the Blazar host it runs on */
  hostName: string | null;
  /** of the hint, or of the flavor that a lease gave */
  reservationId: string | null;
  createdAt: number;
  updatedAt: number;
  launchedAt: number | null;
  fault: ServerFault | null;
  console: string[];
  agent: AgentRecord | null;
  /** what waits and runs in the queue of the cluster whose front-end it is */
  jobs?: SimulatedJob[];
  /** the other flavor of a resize that is under way: to which it goes, then from which it came; whether it ran before */
  resize?: { flavorId: string; ran: boolean };
}

/** A job that somebody sent on a cluster's front-end, of which only this is known. */
export interface SimulatedJob {
  nodes: number;
  seconds: number;
  startedAt?: number;
  /** host names of the nodes that it runs on */
  on?: string[];
}

/** How far the simulated agent of a server is. */
export interface AgentRecord {
  /** names of the steps that are done */
  done: string[];
  /** the step that runs: its try, how many of its chunks were told, and how it will end */
  current: {
    step: string;
    attempt: number;
    told: number;
    exitCode: number;
    complaint: string | null;
    began: number;
    interrupted: boolean;
  } | null;
  /** null: at work; else how the last run ended */
  finished: boolean | null;
  /** counts the runs that people asked for */
  runs: number;
  /** number of the run that it is at, as Transat counts them */
  run: number;
  seq: number;
  /** messages that Transat has not acknowledged yet */
  unsent: AgentMessage[];
  /** when it posted last (milliseconds since 1970) */
  postedAt?: number;
  /** posts that failed since the last good one */
  failures: number;
  /** what it has made to be known by, once it boots; `known`: Transat has taken it in */
  identity: { token: string; hostKey: string; known: boolean } | null;
  /** the steps, once fetched */
  bundle: Bundle | null;
  /** which boot this is: what an older one began is not heeded any more */
  life: number;
}

export interface KeyPairRecord {
  name: string;
  userId: string;
  publicKey: string;
  fingerprint: string;
  createdAt: number;
  number: number;
}

interface NeutronRecord {
  id: string;
  name: string;
  description: string;
  projectId: string;
  tags: string[];
  createdAt: number;
  updatedAt: number;
  revision: number;
}

export interface NetworkRecord extends NeutronRecord {
  adminStateUp: boolean;
  shared: boolean;
  external: boolean;
  portSecurity: boolean;
  mtu: number;
}
export interface SubnetRecord extends NeutronRecord {
  networkId: string;
  cidr: string;
  gateway: string | null;
  dhcp: boolean;
  dns: string[];
  pools: { start: string; end: string }[];
}
export interface RouterRecord extends NeutronRecord {
  adminStateUp: boolean;
  externalNetworkId: string | null;
  externalIps: { subnetId: string; address: string }[];
}
export interface PortRecord extends NeutronRecord {
  networkId: string;
  mac: string;
  adminStateUp: boolean;
  status: 'ACTIVE' | 'DOWN';
  deviceId: string;
  deviceOwner: string;
  fixedIps: { subnetId: string; address: string }[];
  securityGroups: string[];
  portSecurity: boolean;
}
export interface RuleRecord {
  id: string;
  projectId: string;
  groupId: string;
  direction: 'ingress' | 'egress';
  ethertype: 'IPv4' | 'IPv6';
  protocol: string | null;
  min: number | null;
  max: number | null;
  cidr: string | null;
  remoteGroupId: string | null;
  description: string | null;
  createdAt: number;
}
export interface SecurityGroupRecord extends NeutronRecord {
  rules: RuleRecord[];
}
export interface FloatingIpRecord extends Omit<NeutronRecord, 'name'> {
  networkId: string;
  address: string;
  portId: string | null;
  fixedAddress: string | null;
  routerId: string | null;
  status: 'ACTIVE' | 'DOWN';
}

export interface VolumeRecord {
  id: string;
  name: string | null;
  description: string | null;
  projectId: string;
  userId: string;
  sizeGiB: number;
  type: string;
  zone: string;
  status: 'creating' | 'available' | 'reserved' | 'in-use' | 'detaching' | 'deleting' | 'error';
  metadata: Record<string, string>;
  attachment: { id: string; serverId: string; device: string; at: number } | null;
  createdAt: number;
  updatedAt: number;
}

/** Something that happens to `id` at a moment. */
export interface Job {
  at: number;
  kind: string;
  id: string;
}

/** What can be told to a cloud while it runs. */
export interface Settings {
  /** Keystone takes trusts from application credentials, as those do that lack the fixes of 2026; null: as the cloud is made */
  applicationCredentialTrusts: boolean | null;
  /** whose Blazar it is like: Chameleon's fork, or OpenStack's own */
  blazar: 'chameleon' | 'upstream';
  /** service units that a project may spend; null: any number */
  serviceUnits: number | null;
}

/** Limits of one project, where they differ from the cloud's: `cores`, `network`, `volumes` … */
type QuotaOverrides = Record<string, number>;

export interface CloudState {
  users: UserRecord[];
  tokens: TokenRecord[];
  applicationCredentials: ApplicationCredentialRecord[];
  servers: ServerRecord[];
  keyPairs: KeyPairRecord[];
  networks: NetworkRecord[];
  subnets: SubnetRecord[];
  routers: RouterRecord[];
  ports: PortRecord[];
  securityGroups: SecurityGroupRecord[];
  floatingIps: FloatingIpRecord[];
  volumes: VolumeRecord[];
  loadBalancers: LoadBalancerRecord[];
  leases: LeaseRecord[];
  jobs: Job[];
  /** of these, what was begun and has not come to its end */
  underWay?: Job[];
  quotas: Record<string, QuotaOverrides>;
  settings: Settings;
  /** ids of hosts of Blazar's that have failed */
  downHosts: string[];
  /** by how much this cloud's time is ahead of the machine's */
  aheadMs: number;
  counter: number;
}

/** A cloud in which nobody has done anything yet. */
export function emptyState(): CloudState {
  return {
    users: [],
    tokens: [],
    applicationCredentials: [],
    servers: [],
    keyPairs: [],
    networks: [],
    subnets: [],
    routers: [],
    ports: [],
    securityGroups: [],
    floatingIps: [],
    volumes: [],
    loadBalancers: [],
    leases: [],
    jobs: [],
    quotas: {},
    settings: { applicationCredentialTrusts: null, blazar: 'chameleon', serviceUnits: null },
    downHosts: [],
    aheadMs: 0,
    counter: 0,
  };
}
