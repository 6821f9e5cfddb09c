import { type Dialect, dialects } from './types';

/** What a release can do, as far as Transat asks for it. */
export interface Abilities {
  /** /system/buckets and presigned addresses */
  buckets: boolean;
  /** states and logs of deployments */
  deployments: boolean;
  /** its own user says by the API whose images it takes, and it tells what a service used */
  operation: boolean;
  /** members of a service are its `federation`, with an API of their own; else its `replicas` */
  federation: boolean;
  /** whoever submits a job may choose its name, which keeps it from being started twice */
  namedJobs: boolean;
  /** ports of exposed services are lists */
  portLists: boolean;
  /** after a change of a service its storage goes on with the token of before, unless it is told: see `webhook` */
  staleWebhooks: boolean;
  /** of an exposed service that is changed, an empty program is kept (`UpdateService` of pkg/backends/k8s.go, up to 4.1.2) */
  emptiesExposed: boolean;
  /** a change has only buckets watched that are not there yet (`CreateS3PathWithWebhook` of pkg/utils/minio.go ends where a bucket is there) */
  watchesNewBucketsAlone: boolean;
}

const abilities: Record<Dialect, Abilities> = {
  '3.5': {
    buckets: false,
    deployments: false,
    operation: false,
    federation: false,
    namedJobs: false,
    portLists: false,
    staleWebhooks: false,
    emptiesExposed: false,
    watchesNewBucketsAlone: false,
  },
  '3.6': {
    buckets: true,
    deployments: false,
    operation: false,
    federation: false,
    namedJobs: false,
    portLists: false,
    staleWebhooks: true,
    emptiesExposed: false,
    watchesNewBucketsAlone: true,
  },
  '4.0': {
    buckets: true,
    deployments: true,
    operation: true,
    federation: false,
    namedJobs: false,
    portLists: false,
    staleWebhooks: false,
    emptiesExposed: false,
    watchesNewBucketsAlone: true,
  },
  '4.1': {
    buckets: true,
    deployments: true,
    operation: true,
    federation: true,
    namedJobs: true,
    portLists: true,
    staleWebhooks: false,
    emptiesExposed: true,
    watchesNewBucketsAlone: true,
  },
};

export const abilitiesOf = (dialect: Dialect): Abilities => abilities[dialect];

/** The plain version in what a cluster says (`v4.1.2-rc1`, `4.0.0`); null where it says none (`devel`, a commit). */
export function versionIn(said: string): string | null {
  return /^v?(\d{1,4}\.\d{1,4}(?:\.\d{1,4})?)(?:[-+].*)?$/.exec(said.trim())?.[1] ?? null;
}

/** The dialect of a version: of those that are known the newest that is not newer. What is older than all is spoken with as the oldest. */
export function dialectOf(version: string): Dialect {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const notNewer = dialects.filter((dialect) => {
    const [knownMajor = 0, knownMinor = 0] = dialect.split('.').map(Number);
    return knownMajor < major || (knownMajor === major && knownMinor <= minor);
  });
  return notNewer.at(-1) ?? dialects[0];
}

/** What was answered where only some releases have a route. */
export interface Probe {
  status: number;
  body: string;
}

/** A path that is asked of a cluster which does not say its version; the first that is there tells the dialect. */
export const probes: { path: string; dialect: Dialect }[] = [
  { path: '/system/federation/transat-probe', dialect: '4.1' },
  { path: '/system/services/transat-probe/deployment', dialect: '4.0' },
  { path: '/system/buckets', dialect: '3.6' },
];

/**
 * Whether a route is there. OSCAR's framework answers 404 with a text of its own where a route is missing, and with an empty body where a
 * thing is; a proxy that puts its own page in the place of both makes the route look missing, which is the careful side.
 */
export function hasRoute({ status, body }: Probe): boolean {
  return status !== 404 || body.trim() === '';
}
