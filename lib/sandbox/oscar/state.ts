import type { Job } from '../state/records';
import type { ServiceBody } from './api/service-body';

/** What an OSCAR cluster of the sandbox remembers. Times are milliseconds since 1970. Bytes of objects are in files beside. */

export interface ServiceRecord extends ServiceBody {
  token: string;
  /** the token with which MinIO tells of files; undefined in what was kept before it was known */
  webhookToken?: string;
  createdAt: number;
}

export type RunStatus = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Suspended';

/** A job of Kubernetes with its one pod. */
export interface RunRecord {
  name: string;
  service: string;
  /** what was posted: an event, an event that another cluster passed on, or anything */
  event: string;
  owner: string;
  status: RunStatus;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  node: string | null;
  milliCores: number;
  memoryBytes: number;
  /** seconds after which the rescheduler hands it on; null: never */
  threshold: number | null;
  log: string[];
  /** the MinIO of the cluster that passed the job on, with the keys of whoever it is for */
  origin: { endpoint: string; access_key: string; secret_key: string; region: string } | null;
}

export interface ObjectRecord {
  size: number;
  etag: string;
  modifiedAt: number;
  contentType: string;
  metadata: Record<string, string>;
  tags: Record<string, string>;
  /** name of the file with the bytes */
  file: string;
  /** headers such as x-amz-checksum-crc32 */
  checksums: Record<string, string>;
}

export interface NotificationRule {
  id: string;
  arn: string;
  events: string[];
  prefix: string;
  suffix: string;
}

export interface BucketRecord {
  name: string;
  createdAt: number;
  owner: string;
  visibility: 'private' | 'public' | 'restricted';
  allowedUsers: string[];
  /** the service with which it came */
  service: string | null;
  rules: NotificationRule[];
  tags: Record<string, string>;
  objects: Record<string, ObjectRecord>;
}

export interface UploadRecord {
  id: string;
  bucket: string;
  key: string;
  startedAt: number;
  owner: string;
  contentType: string;
  metadata: Record<string, string>;
  parts: Record<string, { size: number; etag: string; file: string; modifiedAt: number }>;
}

/** A volume that people's services mount. */
export interface VolumeRecord {
  name: string;
  /** as it was asked for: `5Gi` */
  size: string;
  owner: string;
  /** the service with which it came; null: it was made by itself */
  service: string | null;
  lifecycle: string;
}

/** What somebody may have, each a quantity; of buckets 0 is as many as one likes. */
export interface QuotaLimits {
  cpu: string;
  memory: string;
  buckets: string;
  disk: string;
  volumes: string;
  /** of one volume */
  largest: string;
  smallest: string;
}

export interface RequestLine {
  at: number;
  status: number;
  method: string;
  path: string;
  user: string;
  milliseconds: number;
}

/** What a test or an operator of the sandbox may switch. */
export interface OscarSettings {
  /** OSCAR's own faults, as they are in its source: reference in the README */
  upstreamBugs: boolean;
  /** up to 3.7: MinIO keeps the token that a service had before it was changed, so that OSCAR hears of no file any more */
  staleWebhooks: boolean;
  /** nothing answers: connections are cut */
  unreachable: boolean;
  /** what MinIO's address is said to be: the public one, or one inside the cluster that no other can reach */
  privateMinio: boolean;
}

export interface OscarState {
  /** where it listens; kept, so that addresses stay */
  ports: { api: number; minio: number };
  password: string;
  minioPassword: string;
  settings: OscarSettings;
  /** MinIO's users beside root: access key → secret */
  users: Record<string, string>;
  services: ServiceRecord[];
  runs: RunRecord[];
  buckets: BucketRecord[];
  uploads: UploadRecord[];
  volumes: VolumeRecord[];
  /** by person, what differs from the usual */
  limits: Record<string, Partial<QuotaLimits>>;
  allowedImages: string[];
  requests: RequestLine[];
  /** images that nodes have already: `<node> <image>` */
  pulled: string[];
  /** free resources as the resource manager saw them last */
  snapshot: { name: string; milliCores: number; memoryBytes: number }[];
  /** MinIO is restarting until then */
  minioBackAt: number;
  /** OSCAR's manager is starting again until then */
  backAt: number;
  /** how often the manager ended by a fault of its own */
  crashes: number;
  jobs: Job[];
  /** of these, what was begun and has not come to its end */
  underWay?: Job[];
}

export function newState(password: string, minioPassword: string): OscarState {
  return {
    ports: { api: 0, minio: 0 },
    password,
    minioPassword,
    settings: { upstreamBugs: false, staleWebhooks: false, unreachable: false, privateMinio: false },
    users: {},
    services: [],
    runs: [],
    buckets: [],
    uploads: [],
    volumes: [],
    limits: {},
    allowedImages: [],
    requests: [],
    pulled: [],
    snapshot: [],
    minioBackAt: 0,
    backAt: 0,
    crashes: 0,
    jobs: [],
  };
}
