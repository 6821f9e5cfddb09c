import type { ElasticGroup } from '@/lib/catalog/elastic';
import type { QueueReport } from '@/lib/nodes/protocol';

/** Seconds for which a group is left alone after its nodes were changed: what waits takes its place on them first … */
export const coolDownSeconds = 60;
/** … and after its site refused more. */
export const refusedSeconds = 600;
/** Seconds after which what was heard of a queue says nothing any more. */
export const silentSeconds = 300;

export type Because =
  | 'under-way'
  | 'not-standing'
  | 'no-word'
  | 'refused'
  | 'cool-down'
  | 'most'
  | 'free'
  | 'at-least'
  | 'busy'
  | 'not-idle-yet'
  | 'waits'
  | 'least'
  | 'idle'
  | 'over-most';

/** What becomes of a group, and why. */
export interface Decision {
  does: 'grow' | 'shrink' | 'none';
  because: Because;
  /** how many nodes it has after that */
  count: number;
  /** keys of the nodes that go */
  leaving: string[];
}

/** All that is known when it is decided. Times are milliseconds. */
export interface Situation {
  bounds: Pick<ElasticGroup, 'least' | 'most' | 'idleSeconds'>;
  /** its nodes that are to stay, in their order */
  nodes: readonly { key: string; hostname: string }[];
  queue: Pick<QueueReport, 'waiting' | 'wanted' | 'machines'> | null;
  heardAt: number | null;
  /** by host name: since when it has had nothing to do */
  idleSince: Readonly<Record<string, number>>;
  changedAt: number | null;
  refusedAt: number | null;
  /** whether the deployment may be changed now, or is being changed */
  standing: 'stands' | 'changing' | 'no';
  now: number;
}

/**
 * Whether nodes of a group come or go: they come for what waits and could not run on those that are free, as many as the most allows; those that have had nothing to do for
 * long enough go, the last first, down to the least. Never both, and nothing within the cool-down. Pure.
 */
export function decideElastic(situation: Situation): Decision {
  const { bounds, nodes, queue, heardAt, standing, now, refusedAt, changedAt } = situation;
  const count = nodes.length;
  const stay = (because: Because): Decision => ({ does: 'none', because, count, leaving: [] });
  const within = (moment: number | null, seconds: number) => moment !== null && now - moment < seconds * 1000;
  if (standing !== 'stands') return stay(standing === 'changing' ? 'under-way' : 'not-standing');
  if (!queue || !within(heardAt, silentSeconds)) return stay('no-word');
  if (count < bounds.least) return grow(bounds.least, 'least');
  if (count > bounds.most) return shrink(idleFor(situation, 0), bounds.most, 'over-most');
  if (queue.waiting > 0) {
    const missing = queue.wanted - freeOf(situation);
    if (missing <= 0) return stay('free');
    return count >= bounds.most ? stay('most') : grow(Math.min(bounds.most, count + missing), 'waits');
  }
  if (count <= bounds.least) return stay('at-least');
  if (idleFor(situation, 0).length === 0) return stay('busy');
  return shrink(idleFor(situation, bounds.idleSeconds), bounds.least, 'idle');

  function grow(to: number, because: Because): Decision {
    if (within(refusedAt, refusedSeconds)) return stay('refused');
    return within(changedAt, coolDownSeconds) ? stay('cool-down') : { does: 'grow', because, count: to, leaving: [] };
  }

  function shrink(idle: string[], to: number, because: Because): Decision {
    const leaving = idle.slice(0, count - to);
    if (leaving.length === 0) return stay(because === 'idle' ? 'not-idle-yet' : 'busy');
    return within(changedAt, coolDownSeconds) ? stay('cool-down') : { does: 'shrink', because, count: count - leaving.length, leaving };
  }
}

/** Keys of the nodes that have had nothing to do for so long, the last first. */
function idleFor({ nodes, queue, idleSince, now }: Situation, seconds: number): string[] {
  const idle = new Set(queue?.machines.filter(({ state }) => state === 'idle').map(({ name }) => name));
  const longEnough = nodes.filter(({ hostname }) => idle.has(hostname) && now - (idleSince[hostname] ?? now) >= seconds * 1000);
  return longEnough.map(({ key }) => key).reverse();
}

// One that the queue does not know yet is about to take what waits; one that takes nothing is in nobody's way.
function freeOf({ nodes, queue }: Situation): number {
  const states = new Map(queue?.machines.map(({ name, state }) => [name, state]));
  return nodes.filter(({ hostname }) => (states.get(hostname) ?? 'idle') === 'idle').length;
}
