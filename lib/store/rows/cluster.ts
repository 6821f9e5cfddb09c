import type { Generated } from 'kysely';
import type { Problem } from '@/lib/core/errors';
import type { MaybeJson, MaybeTime, Time } from './columns';

/** Rows about OSCAR clusters. */
export interface ClusterRow {
  id: string;
  user_id: string;
  name: string;
  region: 'eu' | 'us' | 'other';
  endpoint: string;
  ca: string | null;
  /** of its storage, where that is another */
  storage_ca: Generated<string | null>;
  /** private addresses and plain http are allowed there */
  inside: Generated<boolean>;
  /** it goes with its person's demo */
  demo: Generated<boolean>;
  dialect: string;
  version: string;
  auth: 'basic' | 'oidc';
  username: string | null;
  /** its password, sealed */
  secret: Buffer | null;
  /** of `oidc`: the provider whose access tokens it is sent */
  provider: string | null;
  deployment_id: string | null;
  /** what its outputs are called in the deployment: what stands before `oscar_url` */
  part: Generated<string>;
  site: string | null;
  /** what went wrong when it was asked last */
  problem: MaybeJson<Problem>;
  seen_at: MaybeTime;
  created_at: Time;
}

/** Who changes something at an address, and until when nobody else may. */
export interface ClusterTurnRow {
  place: string;
  by: string;
  until: Time;
}
