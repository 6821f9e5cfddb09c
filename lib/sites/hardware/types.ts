import type { Span } from '@/lib/openstack/types';

/** A public registry of hardware: where it is, and whether the operator named it (then it may be at a private address). */
export interface Registry {
  /** for pools and limits */
  id: string;
  /** without a trailing slash */
  url: string;
  named: boolean;
}

/** A node that can be leased, as its site's registry describes it. What is left out it does not tell. */
export interface HardwareNode {
  /** the same as Blazar's property `uid` */
  uid: string;
  name: string;
  type: string;
  /** `x86_64`, `aarch64` */
  architecture?: string;
  cpu?: string;
  threads?: number;
  ramMiB?: number;
  gpu?: { model?: string; count: number; vendor?: string };
  infiniband: boolean;
  disks: { media?: string; sizeGB: number }[];
  /** of the fastest adapter that is enabled */
  networkGbps?: number;
  rack?: string;
  /** as the registry saw it last, some minutes ago; the site's own allocations win */
  availability: 'available' | 'reserved' | 'maintenance' | 'unknown';
  /** until when that holds, ISO 8601 */
  until?: string;
}

/** When a node is taken, from now on, as the registry saw it. */
export interface NodeTimes {
  asOf: string;
  maintenance: boolean;
  taken: Span[];
}

/** A flavor of which machines can be leased. */
export interface LeasableFlavor {
  name: string;
  vcpus: number;
  ramMiB: number;
  diskGiB: number;
  gpu: boolean;
  /** service units an hour */
  unitsPerHour?: number;
}

/** How many machines of a flavor are free in a span. */
export interface FlavorRoom extends Span {
  available: number;
  total: number;
}
