import { HOUR, MINUTE } from '../calendar/moments';
import type { Extension, LimitRule } from '../rules/extension';
import type { Lease, Moment } from '../types';

/** What is to be done with a lease that is to last until some time by itself. */
export type AutoExtension =
  /** it lasts long enough, or is over */
  | { do: 'nothing'; why: 'reached' | 'over' }
  /** its window opens then */
  | { do: 'wait'; at: Moment }
  /** ask for this end now; `rule`: it does not go as far as was wanted, because of this */
  | { do: 'extend'; to: Moment; rule?: LimitRule }
  /** a rule stands against it; it may fall, so look again then */
  | { do: 'stuck'; rule: LimitRule; lookAt: Moment };

/** After the window opened: clocks differ. */
const LATE_MS = MINUTE;
const LOOK_AGAIN_MS = HOUR;
const over = new Set(['TERMINATED', 'TERMINATING', 'DELETING']);

/**
 * When and how far to extend a lease by itself.
 * @param until the time that its owner wants it to last
 * @param extension how far it can be extended, as looked up now
 */
export function autoExtension(lease: Lease, until: Moment, extension: Extension, now: Moment): AutoExtension {
  if (over.has(lease.status) || lease.end <= now) return { do: 'nothing', why: 'over' };
  if (lease.end >= until) return { do: 'nothing', why: 'reached' };
  const { opensAt, now: limit } = extension;
  if (opensAt !== null && opensAt + LATE_MS > now) return { do: 'wait', at: opensAt + LATE_MS };
  if (limit === null || limit.at >= until) return { do: 'extend', to: until };
  if (limit.at > lease.end) return { do: 'extend', to: limit.at, rule: limit.rule };
  return { do: 'stuck', rule: limit.rule, lookAt: Math.min(now + LOOK_AGAIN_MS, Math.max(now + MINUTE, lease.end - LOOK_AGAIN_MS / 2)) };
}
