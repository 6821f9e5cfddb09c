/** The releases of OSCAR whose ways the sandbox knows. */
export type OscarDialect = '3.5' | '3.6' | '4.0' | '4.1';

/** What a release of OSCAR can do, as far as it differs. */
export interface Abilities {
  version: string;
  /** /system/buckets, /system/logs, and job lists wrapped in `jobs` */
  buckets: boolean;
  /** /system/status in parts; else flat */
  nestedStatus: boolean;
  /** deployments of services, `include=` */
  deployments: boolean;
  /** `federation` and /system/federation; else `replicas` at the top */
  federation: boolean;
  /** /system/volumes, and so quotas */
  quotas: boolean;
}

const abilities: Record<OscarDialect, Abilities> = {
  '3.5': { version: '3.5.3', buckets: false, nestedStatus: false, deployments: false, federation: false, quotas: false },
  '3.6': { version: '3.6.5', buckets: true, nestedStatus: true, deployments: false, federation: false, quotas: false },
  '4.0': { version: '4.0.2', buckets: true, nestedStatus: true, deployments: true, federation: false, quotas: true },
  '4.1': { version: '4.1.2', buckets: true, nestedStatus: true, deployments: true, federation: true, quotas: true },
};

export const abilitiesOf = (dialect: OscarDialect): Abilities => abilities[dialect];

/** One machine of a cluster on which jobs run. */
export interface NodeDefinition {
  name: string;
  milliCores: number;
  memoryBytes: number;
  gpus?: number;
}

/** What an OSCAR cluster of the sandbox is before anybody does anything there. */
export interface OscarDefinition {
  /** path segment and OSCAR's name for itself: `oscar-eu` */
  id: string;
  name: string;
  /** of one that always stands: the shore it is on */
  region?: 'eu' | 'us';
  /** it is there for the guided tour alone */
  demo?: boolean;
  dialect: OscarDialect;
  /** Kueue lets jobs in by quotas: told of alone, jobs are let in as they come */
  kueue?: boolean;
  /** Prometheus counts what services use */
  prometheus?: boolean;
  /** machines of a supercomputer, behind interLink */
  interLink?: () => NodeDefinition[];
  /** a serverless back end: `/run` is there */
  serverless: boolean;
  /** of the FaaS supervisor inside every job; below 1.6 it does not know `minio.<id>` in a delegated event */
  supervisor: string;
  /** the OpenID provider whose access tokens are believed, and of which virtual organisations; null: only the password */
  oidc: { issuers: string[]; groups: string[] } | null;
  /** asked again and again, since machines come and go */
  nodes: () => NodeDefinition[];
  resourceManagerSeconds: number;
  /** null: switched off */
  rescheduler: { intervalSeconds: number; thresholdSeconds: number } | null;
  /** seconds at normal speed */
  timing: { minioRestart: number; imagePull: number; podStart: number };
}

const GIB = 1024 ** 3;

/** Equal machines, with names as Kubernetes shows them. */
export function machines(prefix: string, count: number, cores: number, gib: number): NodeDefinition[] {
  return Array.from({ length: count }, (_none, index) => ({
    name: `${prefix}-worker-${index + 1}`,
    milliCores: cores * 1000,
    memoryBytes: gib * GIB,
  }));
}

const common = {
  supervisor: '1.6.2',
  resourceManagerSeconds: 15,
  rescheduler: { intervalSeconds: 15, thresholdSeconds: 30 },
  timing: { minioRestart: 1.5, imagePull: 2, podStart: 0.5 },
};

/** The cluster that always stands in Sandbox Europe: small, so that it is soon full. */
export const oscarEurope = (issuer: string): OscarDefinition => ({
  ...common,
  id: 'oscar-eu',
  name: 'OSCAR Europe',
  region: 'eu',
  dialect: '4.1',
  prometheus: true,
  serverless: true,
  oidc: { issuers: [issuer], groups: ['vo.sandbox.eu'] },
  nodes: () => machines('oscar-eu', 1, 2, 4),
});

/** The one in Sandbox America: larger, and of an older release. */
export const oscarAmerica = (issuer: string): OscarDefinition => ({
  ...common,
  id: 'oscar-us',
  name: 'OSCAR America',
  region: 'us',
  dialect: '3.6',
  serverless: true,
  oidc: { issuers: [issuer], groups: ['vo.sandbox.eu'] },
  nodes: () => machines('oscar-us', 2, 8, 16),
});

/** The two of the guided tour, beside those that people work with: a small one in Europe that is soon full, and a larger one in America. */
export const demoClusters = (issuer: string): OscarDefinition[] => [
  {
    ...oscarAmerica(issuer),
    id: 'demo-eu',
    name: 'Demo Europe',
    region: 'eu',
    demo: true,
    nodes: () => machines('demo-eu', 1, 2, 4),
  },
  { ...oscarAmerica(issuer), id: 'demo-us', name: 'Demo America', region: 'us', demo: true, nodes: () => machines('demo-us', 4, 8, 16) },
];
