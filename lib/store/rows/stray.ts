import type { Generated } from 'kysely';
import type { Problem } from '@/lib/core/errors';
import type { MaybeJson, MaybeTime, Time } from './columns';

/** What stands in a project under the name of a deployment, and that none has. */
export interface StrayRow {
  id: string;
  user_id: string;
  site: string;
  project: string;
  kind: string;
  cloud_id: string;
  name: string;
  deployment_id: string;
  key: string | null;
  adoptable: Generated<boolean>;
  state: 'found' | 'ignored' | 'going' | 'stuck' | 'gone';
  problem: MaybeJson<Problem>;
  found_at: Time;
  seen_at: Time;
  asked_at: MaybeTime;
  gone_at: MaybeTime;
}

/** When a person's project is looked through for strays. */
export interface StrayLookRow {
  user_id: string;
  site: string;
  project: string;
  credential: string;
  look_at: Time;
  looked_at: MaybeTime;
  problem: MaybeJson<Problem>;
  held_until: MaybeTime;
}
