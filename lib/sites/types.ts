import type { Problem } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import type { Downtime } from './directory/downtimes';

export type SiteProvider = 'egi' | 'chameleon' | 'custom';
type AuthMethod = 'oidc' | 'applicationCredential' | 'password';

/** One OpenStack region with its identity endpoint, as the directory or the operator's configuration describes it. */
export interface Site {
  id: string;
  name: string;
  provider: SiteProvider;
  /** ISO 3166-1 alpha-2 */
  country?: string;
  city?: string;
  /** degrees, WGS 84 */
  lat?: number;
  lon?: number;
  /** Keystone's v3 root, without a trailing slash */
  authUrl: string;
  region?: string;
  methods: AuthMethod[];
  /** Keystone's name of the identity provider for federated login (`egi.eu`) */
  identityProvider?: string;
  /** Keystone's name of the federation protocol (`openid`) */
  protocol?: string;
  /** which of the configured OpenID providers (its id) this site federates with */
  oidcProvider?: string;
  /** how people connect their account of the site's own provider; only ever set by the operator or the built-in directory */
  deviceFlow?: DeviceFlow;
  /** PEM of additional certificate authorities */
  ca?: string;
  /** addresses in private and loopback ranges are allowed: only by the operator */
  allowPrivate?: boolean;
  /** ranges of private addresses that the operator opened for sites that people add */
  allowedRanges?: readonly string[];
  /** base URL of a mirror of all that recipes download */
  mirror?: string;
  /** registry address (`host:port`, or `http://host:port` for one without TLS) that mirrors container images as `<registry host>/<name>` */
  registryMirror?: string;
  /** checksums of what the site has built itself, by a file's address or an image's name and tag */
  builds?: Readonly<Record<string, string>>;
  /** HTTP proxy for nodes */
  nodeProxy?: string;
  /** VO name → project id, hints from the directory */
  projects?: Record<string, string>;
  features: SiteFeatures;
  rules: SiteRules;
  /** true for the embedded sandbox clouds */
  sandbox?: boolean;
  /** its name in GOCDB, where downtimes are announced */
  gocdb?: string;
  /** its name in the public registry of hardware, where nodes can be looked up before signing in */
  registered?: string;
  /** announced ones that have not ended, the soonest first */
  downtimes?: readonly Downtime[];
  /** when the directory that lists it was read, ISO 8601 */
  asOf?: string;
  /** since when that no longer lists it */
  goneSince?: string;
  /** a person added it, and nobody else sees it */
  own?: boolean;
}

/** The OpenID provider of a site that offers the device flow (RFC 8628) to a client of Transat's. */
export interface DeviceFlow {
  /** what people call the provider */
  name: string;
  /** without a trailing slash; its discovery document names the endpoints */
  issuer: string;
  clientId: string;
  clientSecret?: Secret;
  /** space-separated */
  scopes: string;
  /** PEM of additional certificate authorities */
  ca?: string;
  /** the operator did not name it: it is at a public address */
  builtIn?: boolean;
}

interface SiteFeatures {
  leases: boolean;
  bareMetal: boolean;
  volumes: boolean;
  floatingIps: boolean;
  securityGroups: boolean;
}

/** What holds at this site and can't be asked from its API. */
export interface SiteRules {
  /** name of the network that bare-metal servers must use (`sharednet1`) */
  bareMetalNetwork?: string;
  /** flavors (by name) that are bare metal and need a reservation */
  bareMetalFlavors?: string[];
  /** virtual machines need a lease, too: one of their flavor (`flavor:instance`), which shows as a flavor of its own while it runs */
  flavorLeases?: boolean;
  /** seconds a server may take to become ACTIVE */
  serverDeadlineSeconds?: number;
  enrolUrl?: string;
  applicationCredentialUrl?: string;
  /** longest life of an application credential that Transat makes there, in days; left out: 90 */
  applicationCredentialMaxDays?: number;
}

export interface Flavor {
  id: string;
  name: string;
  vcpus: number;
  ramMiB: number;
  diskGiB: number;
  bareMetal: boolean;
  gpus?: number;
  /** it is what a lease gave: servers boot with it on what was reserved */
  leased?: boolean;
  /** of its processors, where the site says it: `x86_64`, `aarch64` */
  architecture?: string;
}

export interface Image {
  id: string;
  name: string;
  /** `ubuntu`, `debian` … lower case, from os_distro or read off the name */
  distro?: string;
  /** `22.04`, `12` … */
  version?: string;
  architecture?: string;
  loginUser: string;
  minDiskGiB: number;
  minRamMiB: number;
  sizeMiB?: number;
  createdAt?: string;
  /** who put it there: left out for the site and the project itself; `shared`: another project of the site's, whose members nobody here knows */
  from?: 'shared';
  /** made of a running server: it may hold keys, users and secrets of whoever made it */
  snapshot?: boolean;
}

export interface SiteNetwork {
  id: string;
  name: string;
  external: boolean;
  shared: boolean;
  subnets: { id: string; cidr: string; gateway?: string }[];
}

/** `limit: null` is "no limit". */
export interface Quota {
  limit: number | null;
  used: number;
}

export interface Quotas {
  cores: Quota;
  ramMiB: Quota;
  instances: Quota;
  floatingIps: Quota;
  networks: Quota;
  routers: Quota;
  ports: Quota;
  securityGroups: Quota;
  volumes: Quota;
  volumeGiB: Quota;
}

/** What is at a site now, for one project. */
export interface SiteFacts {
  flavors: Flavor[];
  images: Image[];
  networks: SiteNetwork[];
  quotas: Quotas;
  availabilityZones: string[];
  volumeTypes: string[];
  /** hosts that leases can have, and those that are free now; left out where the site has none or does not tell */
  leaseHosts?: { total: number; free: number };
  /** where flavors are leased: how many machines of each (by id) fit on all hosts, and how many surely on those that nobody reserved now */
  flavorRoom?: Record<string, { total: number; free: number }>;
  /** milliseconds that the quickest call took */
  latencyMs?: number;
  /** ISO 8601 */
  asOf: string;
  /** parts that could not be read, with the reason; the rest is good */
  gaps: { part: string; problem: Problem }[];
}
