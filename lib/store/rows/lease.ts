import type { Generated } from 'kysely';
import type { Problem } from '@/lib/core/errors';
import type { MaybeJson, MaybeTime, Time } from './columns';

/** Rows about leases: what a site told of each last, and what is to be done with it by itself. */

/** Until when a lease is to be extended by itself, and how that stands. Times are ISO 8601. */
export interface KeptExtension {
  until: string;
  /** when it is looked at next */
  nextAt?: string;
  /** what keeps it from going further now: a rule of `lib/leases/rules/extension` */
  rule?: string;
  /** how often it could not be done since it was done last */
  tries?: number;
}

/** Something that is done with a lease while nobody waits for it. */
export interface LeaseWork {
  do: 'make' | 'end' | 'delete';
  /** when it was asked for, ISO 8601 */
  since: string;
  /** when its site was asked for it first, ISO 8601; left out: it was not yet */
  asked?: string;
  /** deployments that stand on the lease are to be wound down first; left out, as before this was written down: they are */
  withDeployments?: boolean;
}

export interface LeaseRow {
  id: string;
  user_id: string;
  site: string;
  project: string;
  /** `oidc:<site>`, `device:<site>` or the id of a stored credential */
  credential: string;
  /** its id at the site; null: it is being made */
  lease_id: string | null;
  name: string;
  /** the site's word (`PENDING`, `ACTIVE` …), `MAKING`, or `GONE` */
  status: string;
  starts_at: Time;
  ends_at: Time;
  /** the end that was given to it here last */
  own_end: MaybeTime;
  extend: MaybeJson<KeptExtension>;
  /** Transat may change it; false: it was made elsewhere, and is only shown */
  taken_over: Generated<boolean>;
  degraded: Generated<boolean>;
  /** the lease as the site told it last (`lib/openstack` `CloudLease`) */
  told: MaybeJson<object>;
  /** what was asked for (`lib/leases` `PlannedLease`), where it was made here */
  asked: MaybeJson<object>;
  work: MaybeJson<LeaseWork>;
  problem: MaybeJson<Problem>;
  due_at: MaybeTime;
  /** when its site is to be asked again how it stands */
  look_at: MaybeTime;
  /** until when one process asks for it alone */
  asked_until: MaybeTime;
  seen_at: MaybeTime;
  created_at: Time;
}
/** A place on what a lease has reserved, and the server that has it. */
export interface BerthRow {
  site: string;
  reservation: string;
  place: number;
  deployment_id: string;
  key: string;
}
