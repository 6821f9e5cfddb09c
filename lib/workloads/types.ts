import type { Clock } from '@/lib/core/clock';
import type { Config } from '@/lib/core/config';
import type { Problem } from '@/lib/core/errors';
import type { Credentials } from '@/lib/credentials/types';
import type { Dialect } from '@/lib/oscar/types';
import type { Store } from '@/lib/store';

/** What this room needs of the world. */
export interface WorkloadPorts {
  store: Store;
  clock: Clock;
  credentials: Pick<Credentials, 'vault' | 'accessTokenFor'>;
  config: Pick<Config, 'allowedRanges' | 'locality' | 'tokenHosts' | 'sandbox' | 'sandboxUrl'>;
}

/** As much of a person as clusters need to know of. */
export interface Owner {
  id: string;
  /** id of the OpenID provider by which they signed in */
  provider: string;
}

/** The shores on which clusters stand. */
export const regions = ['eu', 'us', 'other'] as const;
export type Region = (typeof regions)[number];

/** How a person's cluster is signed in to. */
export type ClusterAuth = { kind: 'basic'; user: string } | { kind: 'oidc'; provider: string };

/** What a cluster does with what is asked of it. */
export interface ClusterTraits {
  /** a bucket can be made for others to see: OSCAR of 3.5 knows of none, and sets no rights for whoever comes with the cluster's password */
  sharesBuckets: boolean;
  /** its storage goes on with the token of before once another program has changed a service: see `lib/oscar/webhook` */
  forgetsChanges: boolean;
}

/** An OSCAR cluster of a person's, without its secrets. Times are ISO 8601. */
export interface Cluster {
  id: string;
  name: string;
  region: Region;
  endpoint: string;
  ca: string | null;
  /** of its storage, where that is another */
  storageCa: string | null;
  dialect: Dialect;
  version: string;
  auth: ClusterAuth;
  /** private addresses and plain http are allowed there */
  inside: boolean;
  deployment: string | null;
  site: string | null;
  /** what went wrong when it was asked last */
  problem: Problem | null;
  /** when it answered last */
  seenAt: string | null;
  createdAt: string;
  traits: ClusterTraits;
}

/** A cluster that somebody registers. */
export interface NewCluster {
  name: string;
  region: Region;
  endpoint: string;
  auth: { kind: 'basic'; user: string; password: string } | { kind: 'oidc' };
  ca?: string;
}

/** What is to be another of a cluster; what is left out stays, a `ca` of null goes. */
export interface ClusterChange {
  name?: string;
  region?: Region;
  endpoint?: string;
  auth?: NewCluster['auth'];
  ca?: string | null;
}
