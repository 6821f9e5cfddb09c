import type { Generated } from 'kysely';
import type { Problem } from '@/lib/core/errors';
import type { Json, MaybeJson, MaybeTime, Time } from './columns';

/** Rows of what lets people act on sites, beside their sign-ins. */

export interface CredentialRow {
  id: string;
  user_id: string;
  site: string;
  name: string;
  kind: 'applicationCredential' | 'password' | 'cloudsYaml';
  shown: Json<Record<string, string>>;
  secret: Buffer;
  project_id: string | null;
  project_name: string | null;
  expires_at: MaybeTime;
  checked_at: MaybeTime;
  problem: MaybeJson<Problem>;
  made_with: string | null;
  made_at: MaybeTime;
  checks: MaybeJson<CredentialCheck[]>;
  created_at: Time;
}
export interface DeviceLoginRow {
  id: string;
  user_id: string;
  site: string;
  provider: string;
  device_code: Buffer;
  user_code: string;
  verification_uri: string;
  verification_uri_complete: string | null;
  interval_seconds: number;
  next_poll_at: Time;
  expires_at: Time;
  state: Generated<'waiting' | 'connected' | 'denied' | 'expired' | 'failed'>;
  problem: MaybeJson<Problem>;
  created_at: Time;
}
export interface RevocationRow {
  id: string;
  user_id: string;
  site: string;
  site_given: MaybeJson<object>;
  project: string;
  made_with: string;
  name: string;
  at_site: string;
  cloud_id: string | null;
  expires_at: Time;
  next_try_at: Time;
  attempts: Generated<number>;
  problem: MaybeJson<Problem>;
  created_at: Time;
}
/** One line of a try of a credential: `unknown` where one cannot know without making something. */
export interface CredentialCheck {
  what: 'token' | 'project' | 'quota' | 'servers' | 'leases';
  state: 'good' | 'bad' | 'unknown';
  detail: string;
}
