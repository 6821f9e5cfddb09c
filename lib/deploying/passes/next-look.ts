import { kindOf } from '../kinds';
import { lookAgainAfter } from '../kinds/pace';
import { holdsUp } from '../kinds/waiting';
import type { Ledger, Resource } from '../ledger/ledger';
import { isAtRest } from '../ledger/state/at-rest';
import { windDownAt } from '../ledger/state/wind-down';
import { age, isDue, isOutdated, isReadyToStart, listLagSeconds } from './action';
import { changesPower } from './look';

/** Seconds between two looks at a deployment in which nothing can go on, and that is not at rest. */
export const slowBeatSeconds = 300;
const quickSeconds = 1;
/** while nodes configure themselves, only their deadlines are watched … */
const nodeSeconds = 10;
/** … but a change goes on where they are ready */
const changeSeconds = 5;

/**
 * When the next pass is due, in seconds from now; null: nothing will change by itself. What stands at rest is watched with all else in its projects
 * (work/watch/projects.ts), and has a pass when something is otherwise there. Pure.
 */
export function nextLook(ledger: Ledger, now: Date): number | null {
  const { deployment, resources, nodes } = ledger;
  if (deployment.state === 'deleted') return null;
  const waits = resources.flatMap((resource) => waitOf(resource, ledger, now));
  if (deployment.wanted === 'deleted' && resources.every(({ phase }) => phase === 'gone')) waits.push(quickSeconds);
  if (nodes.some(({ state }) => state === 'booting' || state === 'configuring')) waits.push(nodeSeconds);
  if (deployment.state === 'updating') waits.push(changeSeconds);
  const ending = windDownAt(ledger);
  if (ending) waits.push(Math.max(quickSeconds, until(ending, now)));
  if (waits.length > 0) return Math.min(...waits);
  return deployment.state === 'failed' || isAtRest(deployment.state) ? null : slowBeatSeconds;
}

function waitOf(resource: Resource, ledger: Ledger, now: Date): number[] {
  const { phase, wanted } = resource;
  if (phase === 'failed' || phase === 'gone') return [];
  if (wanted === 'absent') {
    const held = ledger.resources.some((other) => holdsUp(other, resource));
    if (held) return resource.deadline_at ? [Math.max(quickSeconds, until(resource.deadline_at, now))] : [];
    if (phase === 'planned' && resource.attempts === 0) return [0];
    if (resource.problem && resource.next_try_at) return [Math.max(quickSeconds, until(resource.next_try_at, now))];
    return [phase === 'deleting' ? lookAgainAfter(age(resource, now)) : quickSeconds];
  }
  if (phase === 'planned') {
    if (!isReadyToStart(resource, ledger)) return [];
    if (!isDue(resource, now)) return [until(resource.next_try_at ?? now, now)];
    // what may have been made is looked for, as what is on its way
    return [resource.unclear ? lookAgainAfter(age(resource, now)) : 0];
  }
  const { missedAt } = resource.observed;
  if (typeof missedAt === 'string') return [missedAgainAfter(until(now, new Date(missedAt)))];
  if (phase === 'ready') {
    if (changesPower(resource, ledger) || isOutdated(resource, ledger)) return [quickSeconds];
    // a part that it lacks is tried again
    return resource.next_try_at && resource.next_try_at > now ? [until(resource.next_try_at, now)] : [];
  }
  return [kindOf(resource.kind).nextLook?.(resource.observed, now) ?? lookAgainAfter(age(resource, now))];
}

// What was missed once is looked for again when lists have had their time, and then as what is on its way.
function missedAgainAfter(seconds: number): number {
  return seconds < listLagSeconds ? listLagSeconds - seconds : lookAgainAfter(seconds);
}

function until(moment: Date, now: Date): number {
  return Math.max(0, (moment.getTime() - now.getTime()) / 1000);
}
