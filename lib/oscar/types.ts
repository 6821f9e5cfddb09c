import type { Secret } from '@/lib/core/secret';
import type { Peer } from '@/lib/web/types';

/** The releases of OSCAR that Transat speaks with; what is newer is spoken with as the newest. */
export const dialects = ['3.5', '3.6', '4.0', '4.1'] as const;
export type Dialect = (typeof dialects)[number];

/** Where an OSCAR cluster is and how it is reached. */
export type OscarEndpoint = Omit<Peer, 'kind'>;

/** How somebody proves who they are to a cluster. */
export type OscarAuth =
  | { kind: 'basic'; user: string; password: Secret }
  | {
      kind: 'oidc';
      /** asked each time one is needed, so that it may be refreshed; `renew` after a 401 */
      accessToken(options?: { renew?: boolean }): Promise<Secret>;
    };

/** What a cluster says of itself. */
export interface ClusterInfo {
  /** without `v` and without what follows a dash */
  version: string;
  architecture: string;
  kubernetes: string;
  /** of synchronous calls; null: there are none */
  serverless: string | null;
}

/** A MinIO (or another S3) with the keys that open it. */
export interface ObjectStoreAccess {
  endpoint: string;
  region: string;
  accessKey: string;
  secretKey: Secret;
  /** whether clients should check its certificate */
  verify: boolean;
}

export interface ClusterConfig {
  /** OSCAR's name for itself */
  name: string;
  gpu: boolean;
  interLink: boolean;
  kueue: boolean;
  volumes: boolean;
  /** virtual organisations whose members are let in */
  groups: string[];
  /** prefixes of images that are taken; empty: all are */
  allowedImages: string[];
  minio: ObjectStoreAccess;
}

export interface ClusterNode {
  name: string;
  milliCores: number;
  freeMilliCores: number;
  memoryBytes: number;
  freeMemoryBytes: number;
  gpus: number;
  interLink: boolean;
  ready: boolean;
}

/** How busy a cluster is. */
export interface ClusterStatus {
  /** null: this release does not say */
  ready: boolean | null;
  nodes: ClusterNode[];
  /** left on the one machine that has most left */
  mostFree: { milliCores: number; memoryBytes: number };
  totalFree: { milliCores: number; memoryBytes: number };
  gpus: number;
}

/** What one may use of a cluster, and uses: thousandths of a core, bytes (memory, scratch, disk), or a number. */
export interface OscarQuota {
  what: 'cpu' | 'memory' | 'gpu' | 'scratch' | 'volumes' | 'disk' | 'buckets';
  used: number;
  /** null: as much as one likes */
  most: number | null;
}

/** Where a service's files come from or go to. */
export interface StoragePath {
  /** `minio.default`, `minio.<id>`, `s3.<id>` … */
  provider: string;
  path: string;
  suffix: string[];
  prefix: string[];
}

/** Another cluster (or address) that may take a service's jobs. */
export interface Member {
  type: 'oscar' | 'endpoint';
  clusterId: string;
  serviceName: string;
  url?: string;
  /** 0 is asked first */
  priority: number;
  verify: boolean;
}

export type Delegation = 'static' | 'random' | 'load-based' | 'topsis';

/** How a service hands its jobs to others. */
export interface Sharing {
  members: Member[];
  /** null: not said, which in every release so far means never */
  delegation: Delegation | null;
  /** seconds that a job waits before it is handed on; null: as the cluster is set */
  thresholdSeconds: number | null;
  /** from 4.1 on */
  topology?: 'none' | 'star' | 'mesh';
}

/** A volume of OSCAR's that a service has mounted (4.0 and later). It can't be changed afterwards. */
export interface ServiceVolume {
  /** of one that is there; with a size it may be empty: then it is called as the service */
  name: string;
  /** absolute, in the container */
  mountPath: string;
  /** as Kubernetes writes it: the volume is made with the service; empty: it is one that is there */
  size: string;
  /** of one that is made with the service: what becomes of it when that goes; empty: as the release does, which is to remove it */
  lifecycle: '' | 'delete' | 'retain';
}

/** A service as a cluster has it, without its secrets: of another cluster or MinIO only where it is. */
export interface OscarService {
  name: string;
  clusterId: string;
  image: string;
  script: string;
  cpu: string;
  memory: string;
  gpu: boolean;
  logLevel: string;
  vo: string;
  owner: string;
  visibility: string;
  allowedUsers: string[];
  input: StoragePath[];
  output: StoragePath[];
  variables: Record<string, string>;
  /** names only */
  secrets: string[];
  annotations: Record<string, string>;
  labels: Record<string, string>;
  interLinkNode: string;
  volume: ServiceVolume | null;
  exposed: boolean;
  sharing: Sharing;
  clusters: Record<string, { endpoint: string; user: string; verify: boolean }>;
  stores: Record<string, { endpoint: string; region: string; verify: boolean }>;
  /** starts jobs of it */
  token: Secret;
  /** the definition as it came, with every secret in it: for changes that must keep what they don't speak of */
  definition: Secret<Record<string, unknown>>;
}

/** What a service is to be. */
export interface ServiceWish {
  name: string;
  clusterId: string;
  image: string;
  script: string;
  /** cores, as a plain number: `0.5` */
  cpu: string;
  /** as Kubernetes writes it: `256Mi` */
  memory: string;
  gpu?: boolean;
  logLevel?: string;
  vo?: string;
  visibility?: 'private' | 'restricted' | 'public';
  allowedUsers?: string[];
  input: StoragePath[];
  output: StoragePath[];
  variables?: Record<string, string>;
  secrets?: Record<string, Secret>;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  interLinkNode?: string;
  /** null: none; left out, as it is */
  volume?: ServiceVolume | null;
  sharing?: Sharing;
  clusters?: Record<string, { endpoint: string; user?: string; password?: Secret; verify: boolean }>;
  stores?: Record<string, ObjectStoreAccess>;
}

export type JobState = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Suspended' | 'Unknown';

export interface OscarJob {
  name: string;
  state: JobState;
  createdAt: string | null;
  startedAt: string | null;
  finishedAt: string | null;
}

export interface OscarBucket {
  name: string;
  visibility: string;
  owner: string;
  allowedUsers: string[];
  /** the service that it came with */
  service: string | null;
}

/** A volume that OSCAR keeps for somebody (4.0 and later). */
export interface OscarVolume {
  name: string;
  /** null: not told */
  bytes: number | null;
  state: 'pending' | 'ready' | 'in-use' | 'error' | 'deleting';
  note: string | null;
  owner: string;
  /** the service that it came with; null: it was made by itself */
  madeBy: string | null;
  /** it goes when that service does */
  goesWithService: boolean;
  /** what mounts it, and where */
  mounts: { service: string; path: string }[];
}

/** A call of a service, as the cluster's log has it. */
export interface OscarRequest {
  at: string | null;
  /** of its answer */
  status: number;
  /** how long it took, in the cluster's words */
  took: string;
  address: string;
  kind: 'job' | 'run';
  service: string;
  user: string;
}

/** What of somebody's quotas is to be otherwise, each as Kubernetes writes it; what is left out stays. */
export interface QuotaChange {
  cpu?: string;
  memory?: string;
  volumes?: string;
  disk?: string;
  /** 0: as many as they like */
  buckets?: string;
}

/** How the long-running part of a service is. */
export interface ServiceDeployment {
  state: 'pending' | 'ready' | 'degraded' | 'failed' | 'stopped' | 'unavailable';
  reason: string | null;
  instances: number;
}
