import type { JsonDefault, Time } from './columns';

/** What was last seen at its sites of a deployment at rest. */
export interface SightRow {
  deployment_id: string;
  looked_at: Time;
  /** when it came to rest, or a pass was last asked for because of what was seen */
  asked_at: Time;
  /** by place and kind */
  digests: JsonDefault<Record<string, string>>;
}
