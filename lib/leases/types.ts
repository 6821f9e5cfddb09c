import type { Problem } from '@/lib/core/errors';
import type { Flavor, LeaseRules, SiteNetwork } from '@/lib/sites/types';

/** Milliseconds since 1970, UTC. */
export type Moment = number;

/** From `start` up to, and without, `end`. */
export interface Span {
  start: Moment;
  end: Moment;
}

/** A host that a site leases, with its properties as Blazar lists them: all are texts. */
export interface Host {
  /** Blazar's own, by which allocations name it */
  id: string;
  /** what a reservation of exactly this host asks for: its `uid`, else its name */
  uid: string;
  name: string;
  nodeType: string;
  /** false while it is out of service */
  reservable: boolean;
  properties: Readonly<Record<string, string>>;
}

/** A time in which a resource is taken. Whose lease it is is never shown: ids of leases open them at old sites. */
export interface TakenSpan extends Span {
  lease?: string;
}

/** When the resources of one kind are taken, by their ids; those that are not in it are free. */
export type Taken = ReadonlyMap<string, readonly TakenSpan[]>;

export const reservationKinds = ['physical:host', 'flavor:instance', 'virtual:instance', 'virtual:floatingip', 'network'] as const;
export type ReservationKind = (typeof reservationKinds)[number];

/** One condition on a host: `op` compares numbers as numbers, whatever Blazar does. */
export interface Condition {
  name: string;
  op: '=' | '!=' | '>=' | '<=' | '>' | '<';
  value: string;
}

export interface HostReservation {
  kind: 'physical:host';
  min: number;
  max: number;
  nodeType?: string;
  /** exactly these, by uid; `min` and `max` are their number */
  hosts?: readonly string[];
  properties?: readonly Condition[];
}
export interface FlavorReservation {
  kind: 'flavor:instance';
  /** name or id */
  flavor: string;
  count: number;
}
export interface InstanceReservation {
  kind: 'virtual:instance';
  count: number;
  vcpus: number;
  ramMiB: number;
  diskGiB: number;
}
export interface FloatingIpReservation {
  kind: 'virtual:floatingip';
  /** name or id of an external network */
  network: string;
  count: number;
  addresses?: readonly string[];
}
export interface NetworkReservation {
  kind: 'network';
  /** what the network is called that the lease makes */
  name: string;
  physicalNetwork?: string;
  properties?: readonly Condition[];
}
export type PlannedReservation = HostReservation | FlavorReservation | InstanceReservation | FloatingIpReservation | NetworkReservation;

/** A lease as somebody asks for it. */
export interface PlannedLease {
  name: string;
  start: 'now' | Moment;
  end: Moment;
  reservations: readonly PlannedReservation[];
}

/** A reservation of a lease that is there. */
export interface Reservation {
  id: string;
  kind: string;
  /** `pending`, `active`, `deleted`, `error` */
  status: string;
  min?: number;
  max?: number;
  /** how many, where it is not hosts */
  count?: number;
  /** conditions on its hosts or segments */
  where?: readonly Condition[];
  /** id of the flavor that its machines have … */
  flavor?: string;
  /** … or their size, where that is one of its own */
  size?: { vcpus: number; ramMiB: number; diskGiB: number };
  /** id of the external network of its floating IPs */
  network?: string;
  /** of the network that it makes */
  name?: string;
  /** a host failed, and nothing replaced it */
  missing?: boolean;
  /** a host was exchanged while the lease ran */
  changed?: boolean;
}

/** A lease that is there. */
export interface Lease extends Span {
  id: string;
  name: string;
  /** Blazar's word: `PENDING`, `ACTIVE`, `ERROR` … */
  status: string;
  degraded: boolean;
  reservations: readonly Reservation[];
  createdAt?: Moment;
  /** ids of the hosts that it holds, where that is known */
  hosts?: readonly string[];
}

/** What is to become other in a lease. */
export interface LeaseChange {
  name?: string;
  start?: 'now' | Moment;
  /** `now`: it ends, and keeps its record */
  end?: 'now' | Moment;
  /** how many, by reservation id */
  counts?: Readonly<Record<string, number>>;
}

/** A flavor's machines that can be leased, over time, as Chameleon tells. */
export interface Availability extends Span {
  available: number;
}

/** What is known of the leases of one site, for one project. What the site shows to its operators only is null. */
export interface LeaseSite {
  id: string;
  name: string;
  rules: LeaseRules;
  /** what can be reserved here */
  kinds: readonly ReservationKind[];
  hosts: readonly Host[] | null;
  taken: Taken | null;
  flavors: readonly Flavor[];
  /** by flavor id; flavors that are not in it are reckoned from hosts */
  availability?: ReadonlyMap<string, readonly Availability[]>;
  networks: readonly SiteNetwork[];
  /** floating IPs that can be reserved */
  addresses?: readonly { id: string; address: string; network: string }[] | null;
  /** VLANs that can be reserved: hosts in form, with `physical_network` among their properties */
  segments?: readonly Host[] | null;
  takenSegments?: Taken | null;
  /** the project's own leases */
  leases: readonly Lease[];
  project?: {
    id: string;
    /** when its allocation ends */
    end?: Moment;
    /** what is left to spend, in the site's unit */
    balance?: number;
  };
  downtimes?: readonly (Span & { title: string })[];
}

/** What is wrong with a lease that somebody plans, or with a change of one. */
export interface LeaseProblem extends Problem {
  severity: 'error' | 'warning';
  /** dotted path of the request's field: `end`, `reservations.0.count` */
  field: string;
}
