import type { JsonDefault, MaybeTime, Time } from './columns';

/** What was last seen at its sites of a deployment at rest. */
export interface SightRow {
  deployment_id: string;
  looked_at: Time;
  /** when a pass was last asked for because of what was seen */
  asked_at: MaybeTime;
  /** by place and kind */
  digests: JsonDefault<Record<string, string>>;
}
