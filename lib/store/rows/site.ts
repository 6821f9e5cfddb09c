import type { Problem } from '@/lib/core/errors';
import type { Json, MaybeJson, MaybeTime, Time } from './columns';

/** Rows about sites: those that people added, what was read there, and what the public directories said. */
export interface CustomSiteRow {
  id: string;
  user_id: string;
  site: Json<object>;
  created_at: Time;
}
export interface SiteFactsRow {
  user_id: string;
  site: string;
  project: string;
  facts: Json<object>;
  read_at: Time;
  problem: MaybeJson<Problem>;
}
export interface DirectorySourceRow {
  source: string;
  content: MaybeJson<object>;
  etag: string | null;
  read_at: MaybeTime;
  tried_at: Time;
  problem: MaybeJson<Problem>;
}
