import type { CallOptions } from '../types';

/** A lease passes from one of these to the next; what is not `PENDING`, `ACTIVE`, `TERMINATED` or `ERROR` is on its way to one that is. */
export type LeaseStatus = 'CREATING' | 'PENDING' | 'STARTING' | 'ACTIVE' | 'UPDATING' | 'TERMINATING' | 'TERMINATED' | 'DELETING' | 'ERROR';

/** A list of which some rows could not be read. */
export interface Listed<T> {
  items: T[];
  /** one for each row that is left out: its id where it has one, and what was wrong */
  gaps: { id?: string; problem: string }[];
}

/** A span of time, ISO 8601 in UTC; its end is not in it. */
export interface Span {
  start: string;
  end: string;
}

/** A host that Blazar can lease. */
export interface LeaseHost {
  id: string;
  name: string;
  nodeType: string;
  /** its own columns (`vcpus`, `memory_mb`, `reservable` …) and all that its operators say of it (`uid`, `gpu.gpu_model` …), as text */
  properties: Record<string, string>;
}

/** When something is taken, from now on: a host, a network segment. */
export interface Allocation {
  hostId: string;
  taken: (Span & { leaseId: string; reservationId: string })[];
}

/** A condition on hosts or segments. Blazar compares properties as text: of what is no column only `=` and `!=` mean what they say. */
export interface PropertyCondition {
  property: string;
  op: '=' | '!=' | '>=' | '<=' | '>' | '<';
  value: string;
}

/** What can be reserved. Sites offer some of these; the others are refused there as unknown. */
export type NewReservation =
  /** whole hosts: as many as are free, from `min` to `max` */
  | { kind: 'physical:host'; min: number; max: number; where?: PropertyCondition[] }
  /** servers of a flavor (its id) */
  | { kind: 'flavor:instance'; flavorId: string; amount: number }
  /** servers of a size of one's own; `affinity`: all on one host, or each on another */
  | {
      kind: 'virtual:instance';
      amount: number;
      vcpus: number;
      ramMiB: number;
      diskGiB: number;
      affinity?: boolean;
      where?: PropertyCondition[];
    }
  /** floating IPs of an external network (its id), among them these addresses */
  | { kind: 'virtual:floatingip'; networkId: string; amount: number; addresses?: string[] }
  /** a network of that name on a segment of its own */
  | { kind: 'network'; name: string; description?: string; where?: PropertyCondition[] };

/** One reservation of a lease: what was asked for, in the fields of its kind, and how it stands. */
export interface LeaseReservation {
  id: string;
  /** {@link NewReservation} has those that are known */
  kind: string;
  /** `pending`, `active`, `deleted`, `error` */
  status: string;
  /** hosts */
  min?: number;
  max?: number;
  /** servers, floating IPs */
  amount?: number;
  /** what its servers are like. While it is active they boot with the flavor whose id is the reservation's. */
  flavor?: { id?: string; name?: string; vcpus: number; ramMiB: number; diskGiB: number };
  /** the external network of floating IPs */
  networkId?: string;
  /** of the network that it makes */
  networkName?: string;
  /** left out: none, or none that can be read as such */
  where?: PropertyCondition[];
  /** a host failed, and there was none in its place */
  missingResources: boolean;
  /** a host failed while the lease ran, and another took its place */
  resourcesChanged: boolean;
}

/** What Blazar does with a lease by itself: `start_lease`, `before_end_lease`, `end_lease`. */
export interface LeaseEvent {
  type: string;
  at: string;
  /** `UNDONE`, `IN_PROGRESS`, `DONE`, `ERROR` */
  status: string;
}

/** A lease of the person's project. All its dates are ISO 8601 in UTC (Blazar's own have no zone). Its status tells how it stands, its dates do not. */
export interface CloudLease {
  id: string;
  name: string;
  status: LeaseStatus;
  start: string;
  end: string;
  createdAt?: string;
  /** Keystone's id of who made it */
  userId?: string;
  /** something that it held failed once */
  degraded: boolean;
  reservations: LeaseReservation[];
  /** in the order of their time */
  events: LeaseEvent[];
}

export interface NewLease {
  /** at most 80 characters; unlike those of the project's other leases: a lease whose making was not answered is found by it */
  name: string;
  start: 'now' | string;
  end: string;
  reservations: NewReservation[];
  /** when its owner is reminded; left out: as the site does */
  beforeEnd?: string;
}

/** What changes of a lease; the rest stays. Nothing at all makes Blazar look anew whether an `ERROR` is one. */
export interface LeaseChange {
  name?: string;
  start?: string;
  /** `now` ends it and keeps its record, which a delete does not */
  end?: 'now' | string;
  beforeEnd?: string;
  reservations?: { id: string; min?: number; max?: number; amount?: number; where?: PropertyCondition[] }[];
}

/**
 * Blazar, for one project. It has neither pages nor sorting, and filters of allocations only. Lists are whole but for rows that can't be
 * read; a list that the site keeps for its operators, or does not have, is null. All throw AppError; the codes of its own:
 * `no-host-available` (nothing is free: a 500 of Blazar's), `conflict` (the lease is in transition: try again in ten seconds),
 * `quota-exceeded` (the project's allocation), `invalid-input` (with the fields), `upstream-refused` (the site's rules, or no trust).
 */
export interface Reservation {
  hosts(options?: CallOptions): Promise<Listed<LeaseHost>>;
  /** the properties that hosts have, each with its values */
  hostProperties(options?: CallOptions): Promise<Listed<{ property: string; values: string[] }> | null>;
  /** of a lease or reservation also what is past */
  allocations(
    options?: CallOptions & { of?: 'hosts' | 'networks'; leaseId?: string; reservationId?: string },
  ): Promise<Listed<Allocation> | null>;
  /** floating IPs that can be reserved */
  floatingIps(options?: CallOptions): Promise<Listed<{ id: string; networkId: string; address: string; reservable: boolean }> | null>;
  /** segments on which networks can be reserved, with what Blazar knows of each */
  segments(options?: CallOptions): Promise<Listed<{ id: string; properties: Record<string, string> }> | null>;
  leases(options?: CallOptions): Promise<Listed<CloudLease>>;
  /** null: there is none, or it is another project's */
  lease(id: string, options?: CallOptions): Promise<CloudLease | null>;
  /** ids of the hosts that a lease holds; null where the site does not tell */
  hostsOf(leaseId: string, options?: CallOptions): Promise<string[] | null>;
  /**
   * Makes a lease. Where its making is not answered, or not clearly, it is looked for by its name; it still throws (see `isUnclear`) where it is not
   * there then. Takes 5 to 15 s at a busy site.
   */
  createLease(lease: NewLease, options?: CallOptions): Promise<CloudLease>;
  /** @throws AppError also `not-found`, for another project's lease too */
  changeLease(id: string, change: LeaseChange, options?: CallOptions): Promise<CloudLease>;
  /** Ends what runs on a lease, and forgets it. It may take minutes: `going-on` where the site has begun but not ended. Gone already is fine. */
  deleteLease(id: string, options?: CallOptions): Promise<'gone' | 'going-on'>;
  /**
   * Whether this identity may make leases, as far as one can know without making one: Blazar acts by a trust of the person's, and Keystones
   * that have the fixes of 2026 take none from application credentials.
   */
  mayLease(options?: CallOptions): Promise<'yes' | 'no' | 'unknown'>;
}
