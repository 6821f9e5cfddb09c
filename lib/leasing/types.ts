import type { Problem } from '@/lib/core/errors';
import type { LeaseAction } from './allowed';
import type { Standing } from './rows';

/** Leases as people read them. Times are ISO 8601 in UTC. */

export interface ReservationSummary {
  id: string;
  kind: string;
  status: string;
  min?: number;
  max?: number;
  count?: number;
  nodeType?: string;
  flavor?: string;
  name?: string;
  missing: boolean;
  changed: boolean;
}

/** Blazar's statuses, and `MAKING` (it is being asked for) and `GONE` (the site does not list it any more). */
export type LeaseStanding =
  | 'MAKING'
  | 'CREATING'
  | 'PENDING'
  | 'STARTING'
  | 'ACTIVE'
  | 'UPDATING'
  | 'TERMINATING'
  | 'TERMINATED'
  | 'DELETING'
  | 'ERROR'
  | 'GONE';

export interface LeaseSummary {
  id: string;
  cloudId: string | null;
  name: string;
  site: string;
  siteName: string;
  project: string;
  credential: string;
  status: LeaseStanding;
  start: string;
  end: string;
  reservations: ReservationSummary[];
  degraded: boolean;
  takenOver: boolean;
  extend: { until: string; nextAt: string | null; rule: string | null } | null;
  work: 'make' | 'end' | 'delete' | null;
  problem: Problem | null;
  deployments: Standing[];
  seenAt: string | null;
}

export interface LeaseNode {
  uid: string;
  name: string;
  nodeType: string;
  rack: string | null;
  reservable: boolean;
}

export interface Limit {
  at: string;
  rule: 'next-reservation' | 'max-length' | 'project-end' | 'balance' | 'extension-window' | 'kind' | 'status' | 'unknown';
  host?: string;
  vlan?: string;
  taken?: { start: string; end: string };
}

export interface WholeLease extends Omit<LeaseSummary, 'reservations'> {
  reservations: (ReservationSummary & { nodes: LeaseNode[] | null; used: number; addresses?: string[] })[];
  cost: { unit: string; perHour: number; total: number } | null;
  extendableUntil: Limit | null;
  extendableLater: Limit | null;
  extensionOpensAt: string | null;
  extensionCertain: boolean;
  events: { type: string; at: string; status: string }[];
  health: {
    what: string;
    severity: 'error' | 'warning' | 'note';
    reservation?: string;
    host?: string;
    detail: string;
    remedy: string;
  }[];
  actions: Record<LeaseAction, { allowed: boolean; reason?: string }>;
  /** why the site could not be asked now */
  unheard: Problem | null;
}
