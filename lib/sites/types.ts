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
  /** left out: none are known */
  leases?: LeaseRules;
}

/** What a site allows in leases, and what they cost. Names may have `*` in them; of several rows the first that fits holds. */
export interface LeaseRules {
  /** longest lease, in days; left out: any length */
  maxDays?: number;
  /** the same for leases of flavors of these names */
  flavorMaxDays?: readonly { flavor: string; days: number }[];
  /** a running lease can be extended in its last hours only; left out: at any time */
  extensionWindowHours?: number;
  /** what the longest length is measured from when a running lease is extended: `start` (left out), as Blazar does, or its present `end`, as Chameleon */
  extensionFrom?: 'start' | 'end';
  /** node type that is given where none is asked for */
  defaultNodeType?: string;
  /** what is kept free between two leases of a host, in minutes: cleaning, and room for Blazar to end one before it starts the next; left out: 1 */
  gapMinutes?: number;
  /** leases on which nothing runs are ended */
  idle?: { warnHours: number; endHours: number };
  /** leases of one node type one after the other: from such a share of so many days on the site objects */
  stacking?: { days: number; percent: number };
  /** node types that are scarce: more than so many hosts in one lease are objected to where they are more than such a share of their type */
  scarce?: { nodeTypes: readonly string[]; hosts: number; percent: number };
  /** leases of flavors can be changed and extended; left out: only renamed, as in Blazar */
  changeableFlavors?: boolean;
  /** the number of machines of a running `virtual:instance` reservation can be changed: Blazar before 17.0 breaks the lease */
  changeableInstances?: boolean;
  /** the number of reserved floating IPs can be made smaller: Blazar breaks the lease */
  fewerFloatingIps?: boolean;
  prices?: LeasePrices;
}

/** What an hour costs. `null`: that is not known. */
export interface LeasePrices {
  /** what it is counted in: `SU` */
  unit: string;
  /** of one host, where its `su_factor` does not say; `perGpu` instead of `perHour`: for each of its graphics cards */
  hosts?: readonly { nodeType?: string; gpu?: string; perHour?: number | null; perGpu?: number }[];
  flavors?: readonly { flavor: string; perHour: number | null }[];
  floatingIp?: number;
  network?: number;
  /** of a network that can be joined to another site's */
  stitchableNetwork?: number;
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

/** Graphics processors as images have drivers for them; `vgpu`: a part of one, which has drivers of its own. */
export type GpuKind = 'nvidia' | 'amd' | 'vgpu';

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
  /** it has drivers for graphics processors of this kind */
  gpu?: GpuKind;
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
  /** false: its ports take no security groups, as on Chameleon's shared network; undefined: the site does not say */
  portSecurity?: boolean;
  /** of the project's own: ids of the external networks that its routers lead to; undefined: that can't be seen */
  leadsTo?: string[];
  subnets: { id: string; cidr: string; gateway?: string }[];
}

/** What a site offers, which changes with its operators' work and not with what people have there. */
export type Offer = Pick<SiteFacts, 'flavors' | 'images' | 'availabilityZones' | 'volumeTypes'>;

/** A router of the project's that leads out. */
export interface SiteRouter {
  id: string;
  name: string;
  /** id of the external network that it leads to */
  leadsTo: string;
}

/** `limit: null` is "no limit", which is something else than not to be known. */
export interface Quota {
  limit: number | null;
  used: number;
  /** the site does not tell it now, and told it then (ISO 8601); left out: it is of the same moment as all the facts */
  since?: string;
}

export type QuotaName =
  | 'cores'
  | 'ramMiB'
  | 'instances'
  | 'floatingIps'
  | 'networks'
  | 'subnets'
  | 'routers'
  | 'ports'
  | 'securityGroups'
  | 'securityGroupRules'
  | 'keyPairs'
  | 'volumes'
  | 'volumeGiB';

/** What is left out is not known: the site did not tell. */
export type Quotas = Partial<Record<QuotaName, Quota>>;

/** A part of a site's facts that it did not tell this time. */
export interface Gap {
  part: string;
  problem: Problem;
  /** what stands in the facts is from then, ISO 8601; left out: nothing is known of the part */
  since?: string;
}

/** What is at a site now, for one project. */
export interface SiteFacts {
  flavors: Flavor[];
  images: Image[];
  networks: SiteNetwork[];
  /** the project's own that lead out; left out where that was not asked for, or can't be seen */
  routers?: SiteRouter[];
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
  gaps: Gap[];
}
