import type { Generated } from 'kysely';
import type { Json, JsonDefault, Time } from './columns';

/** What was done and by whom, and requests that are not to be done twice. */

export interface AuditRow {
  id: Generated<number>;
  at: Time;
  user_id: string | null;
  action: string;
  subject: string;
  data: JsonDefault<Record<string, unknown>>;
}
export interface IdempotencyKeyRow {
  user_id: string;
  key: string;
  request_hash: string;
  status: number;
  body: Json<object>;
  headers: JsonDefault<Record<string, string>>;
  created_at: Time;
}
