import type { Generated } from 'kysely';
import type { Json, MaybeTime, Time } from './columns';

/** Rows about what people are told of in time. */

/** On which ways what is told goes out, beside the screen. */
export type Way = 'mail' | 'webhook';

export interface NoticeRow {
  id: string;
  user_id: string;
  /** with a row of its key something is told no second time */
  key: string;
  what: string;
  about: Json<Record<string, unknown>>;
  at: Time;
  seen_at: MaybeTime;
}
export interface DeliveryRow {
  notice_id: string;
  way: Way;
  /** `unsure`: a worker died while it sent it */
  state: Generated<'due' | 'sending' | 'sent' | 'unsure' | 'failed'>;
  tries: Generated<number>;
  next_at: Time;
  claimed_until: MaybeTime;
  problem: string | null;
  /** it waits for the operator */
  blocked: Generated<boolean>;
}
export interface TellingRow {
  user_id: string;
  mail: Generated<boolean>;
  language: 'en' | 'es' | null;
  webhook_url: string | null;
  webhook_secret: Buffer | null;
  feed_hash: string | null;
  feed_made_at: MaybeTime;
}
export interface LeaseEndRow {
  user_id: string;
  site: string;
  lease_id: string;
  ends_at: Time;
  since: Time;
  /** it had a later one before */
  shortened: Generated<boolean>;
}
