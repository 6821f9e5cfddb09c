import type { CallOptions } from '../types';

/** A host that Blazar can lease. */
export interface LeaseHost {
  id: string;
  name: string;
  nodeType: string;
  properties: Record<string, string>;
}
export interface CloudLease {
  id: string;
  name: string;
  status: string;
  /** ISO 8601, UTC (Blazar's own dates have no zone) */
  start: string;
  end: string;
  degraded: boolean;
  reservations: { id: string; kind: string; status: string; min?: number; max?: number; resourceProperties?: string }[];
}
/** Blazar. Its 500 "no host is free" is an AppError `no-host-available`. */
export interface Reservation {
  hosts(options?: CallOptions): Promise<LeaseHost[]>;
  leases(options?: CallOptions): Promise<CloudLease[]>;
  /** when each host is taken, from now on; null where the site shows that to its operators only */
  allocations(options?: CallOptions): Promise<{ hostId: string; taken: { start: string; end: string }[] }[] | null>;
  lease(id: string): Promise<CloudLease | null>;
  createLease(lease: {
    name: string;
    start: 'now' | string;
    end: string;
    reservations: { kind: 'physical:host'; min: number; max: number; resourceProperties?: string }[];
  }): Promise<CloudLease>;
  deleteLease(id: string): Promise<void>;
}
