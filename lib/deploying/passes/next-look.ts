import { kindOf } from '../kinds';
import { lookAgainAfter } from '../kinds/pace';
import { holdsUp } from '../kinds/waiting';
import type { Ledger, Resource } from '../ledger/ledger';
import { windDownAt } from '../ledger/wind-down';
import { isDue, isOutdated, isReadyToStart, listLagSeconds } from './action';
import { changesPower } from './look';

/** Seconds between two looks at a deployment that only has to stay as it is. */
export const slowBeatSeconds = 300;
const quickSeconds = 1;
/** while nodes configure themselves, only their deadlines are watched */
const nodeSeconds = 10;

/** When the next pass is due, in seconds from now; null: nothing will change by itself. Pure. */
export function nextLook(ledger: Ledger, now: Date): number | null {
  const { deployment, resources, nodes } = ledger;
  if (deployment.state === 'deleted') return null;
  const waits = resources.flatMap((resource) => waitOf(resource, ledger, now));
  if (deployment.wanted === 'deleted' && resources.every(({ phase }) => phase === 'gone')) waits.push(quickSeconds);
  if (nodes.some(({ state }) => state === 'booting' || state === 'configuring')) waits.push(nodeSeconds);
  if (deployment.state === 'updating') waits.push(nodeSeconds);
  const ending = windDownAt(ledger);
  if (ending) waits.push(Math.max(quickSeconds, Math.min(slowBeatSeconds, until(ending, now))));
  if (waits.length > 0) return Math.min(...waits);
  return deployment.state === 'failed' ? null : slowBeatSeconds;
}

function waitOf(resource: Resource, ledger: Ledger, now: Date): number[] {
  const { phase, wanted } = resource;
  if (phase === 'failed' || phase === 'gone') return [];
  if (wanted === 'absent') {
    const held = ledger.resources.some((other) => holdsUp(other, resource));
    if (held) return resource.deadline_at ? [Math.max(quickSeconds, until(resource.deadline_at, now))] : [];
    if (phase === 'planned' && resource.attempts === 0) return [0];
    return [resource.problem && resource.next_try_at ? Math.max(quickSeconds, until(resource.next_try_at, now)) : quickSeconds];
  }
  if (phase === 'planned') {
    if (!isReadyToStart(resource, ledger)) return [];
    return [isDue(resource, now) ? 0 : until(resource.next_try_at ?? now, now)];
  }
  const { missedAt } = resource.observed;
  if (typeof missedAt === 'string') return [missedAgainAfter(until(now, new Date(missedAt)))];
  if (phase === 'ready') return changesPower(resource, ledger) || isOutdated(resource, ledger) ? [quickSeconds] : [];
  const age = (now.getTime() - resource.updated_at.getTime()) / 1000;
  return [kindOf(resource.kind).nextLook?.(resource.observed, now) ?? lookAgainAfter(age)];
}

// What was missed once is looked for again when lists have had their time, and then as what is on its way.
function missedAgainAfter(seconds: number): number {
  return seconds < listLagSeconds ? listLagSeconds - seconds : lookAgainAfter(seconds);
}

function until(moment: Date, now: Date): number {
  return Math.max(0, (moment.getTime() - now.getTime()) / 1000);
}
