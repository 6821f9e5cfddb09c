import type { MaybeTime, Time } from './columns';

/** What lets people in, here and on nodes. */

export interface SessionRow {
  /** hash of what the cookie holds */
  id: string;
  /** what people are shown as its id */
  ref: string;
  user_id: string;
  grant_id: string | null;
  csrf: string;
  created_at: Time;
  expires_at: Time;
  /** when the person last proved who they are */
  authenticated_at: Time;
  last_used_at: MaybeTime;
  browser: string | null;
  /** the kind of network it was used from */
  network: string | null;
}

export interface TokenRow {
  id: string;
  user_id: string;
  name: string;
  hash: string;
  scope: 'read' | 'write';
  created_at: Time;
  expires_at: Time;
  last_used_at: MaybeTime;
}

/** The moments at which somebody tried what is limited. */
export interface TriesRow {
  user_id: string;
  name: string;
  at: Date[];
}

export interface SshKeyRow {
  id: string;
  user_id: string;
  name: string;
  public_key: string;
  fingerprint: string;
  created_at: Time;
}
