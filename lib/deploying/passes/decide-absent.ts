import { isBorrowed } from '../kinds';
import { holdsUp } from '../kinds/waiting';
import { placeKey, type Resource } from '../ledger/ledger';
import { type Action, age, extra, foundOf, isDue, isLate, listLagSeconds, mayBeHidden, type Outlook, problemFor } from './action';
import { isLasting, stays } from './problems';

/** What one pass does to a resource that is to go: last made, first deleted, until the cloud's own list shows nothing. */
export function decideAbsent(resource: Resource, outlook: Outlook): Action[] {
  const { ledger, now } = outlook;
  const { key, phase } = resource;
  if (phase === 'gone' || phase === 'failed') return [];
  // never asked for: there is nothing to look for
  if (phase === 'planned' && resource.attempts === 0 && resource.cloud_id === null) return [{ do: 'gone', key, again: false }];
  if (outlook.unlooked?.has(placeKey(resource))) return [];
  const users = ledger.resources.filter((other) => holdsUp(other, resource));
  if (users.length > 0) {
    const stuck = users.every((user) => user.wanted === 'present' || user.phase === 'failed');
    return stuck && isLate(resource, now) ? [{ do: 'fail', key, problem: stays(resource) }] : [];
  }
  if (isBorrowed(resource.spec)) return [{ do: 'gone', key, again: false }];
  const problem = problemFor(resource, outlook);
  if (problem) {
    if (isLasting(problem) || isLate(resource, now)) return [{ do: 'fail', key, problem }];
    return isDue(resource, now) ? [{ do: 'hold', key, problem }] : [];
  }
  const all = foundOf(resource, outlook);
  if (!all) return [];
  const here = all.filter(({ state }) => state !== 'leaving');
  if (all.length === 0) {
    // a create that was cut off may still appear, and what was just made be missing from a list that lags
    const unsure = resource.unclear || phase === 'creating' || phase === 'waiting' || phase === 'ready';
    // once its deletion was asked for and not refused, the last look has the last word
    const hidden = mayBeHidden(resource, now) && (resource.next_try_at === null || resource.problem !== null);
    return (unsure && age(resource, now) < listLagSeconds) || hidden ? [] : [{ do: 'gone', key, again: false }];
  }
  if (isLate(resource, now)) return [{ do: 'fail', key, problem: stays(resource) }];
  if (!isDue(resource, now)) return [];
  const mine = here.find(({ id }) => id === resource.cloud_id) ?? here[0];
  return here.map((found) => (found === mine ? { do: 'remove', key, found, why: 'unwanted' } : extra(key, found)));
}
