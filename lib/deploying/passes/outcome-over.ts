import type { Found } from '../kinds';
import { wordsFor } from '../kinds/words';
import { type Resource, siteOf } from '../ledger/ledger';
import type { Write } from '../ledger/write';
import { say } from './outcome';

/** Its list did not show it. */
export function missed(resource: Resource, now: Date): Write {
  return { resource, change: { observed: { ...resource.observed, missedAt: now.toISOString() } } };
}

/** Its site has ended it: from now on nothing stands on it. */
export function over(resource: Resource, found: Found | undefined, now: Date): Write {
  const planned = typeof resource.observed.end === 'string' ? resource.observed.end : undefined;
  const early = planned !== undefined && Date.parse(planned) > now.getTime();
  const end = early || planned === undefined ? now.toISOString() : planned;
  const words = early
    ? `The ${wordsFor(resource)} was ended at ${siteOf(resource)} before its time, which was ${planned}`
    : `The ${wordsFor(resource)} has ended at ${siteOf(resource)}`;
  return {
    resource,
    change: { observed: { ...resource.observed, ...found?.observed, status: 'TERMINATED', end, missedAt: undefined } },
    events: [say(resource, 'warning', words, { early })],
  };
}
