import type { ElasticGroup } from '@/lib/catalog/elastic';
import type { Problem } from '@/lib/core/errors';
import { coolDownSeconds, type Decision, type Situation, silentSeconds } from './decide';

/** The line that a decision is in the history of its deployment. Pure. @param refused why its site refused more last */
export function saysOf(
  { does, because, count, leaving }: Decision,
  { label, idleSeconds, least, most }: Pick<ElasticGroup, 'label' | 'idleSeconds' | 'least' | 'most'>,
  { nodes, queue }: Pick<Situation, 'nodes' | 'queue'>,
  refused: Problem | null,
): string {
  const waiting = queue?.waiting ?? 0;
  const minutes = Math.round(idleSeconds / 60);
  const names = nodes
    .filter(({ key }) => leaving.includes(key))
    .map(({ hostname }) => hostname)
    .join(', ');
  if (does === 'grow' && because === 'least') return `${label} grow from ${nodes.length} to ${count}: so many stay, whatever waits`;
  if (does === 'grow') return `${label} grow from ${nodes.length} to ${count}: jobs wait (${waiting}), and too few nodes are free for them`;
  if (because === 'over-most') return `${label} shrink from ${nodes.length} to ${count}: there may be ${most}; ${names} had nothing to do`;
  if (does === 'shrink') return `${label} shrink from ${nodes.length} to ${count}: ${names} had nothing to do for ${minutes} minutes`;
  switch (because) {
    case 'most':
      return `${label} stay at ${count}: jobs wait, and there may be no more than ${most}`;
    case 'refused':
      return `${label} stay at ${count}: jobs wait, and more were refused a while ago. ${refused?.detail ?? ''}`.trim();
    case 'cool-down':
      return `${label} stay at ${count} for the moment: they were changed less than ${coolDownSeconds} seconds ago`;
    case 'free':
      return `${label} stay at ${count}: jobs wait, and enough nodes are free for them`;
    case 'at-least':
      return `${label} stay at ${count}: no job waits, and ${least} stay, whatever waits`;
    case 'busy':
      return `${label} stay at ${count}: all of them are at work`;
    case 'not-idle-yet':
      return `${label} stay at ${count}: no job waits, and none of them has had nothing to do for ${minutes} minutes`;
    case 'under-way':
      return `${label} stay at ${count} until the change that is under way is done`;
    case 'no-word':
      return `${label} stay at ${count}: nothing was heard of their queue for ${silentSeconds / 60} minutes`;
    default:
      return `${label} stay at ${count}: the deployment can’t be changed as it is now`;
  }
}
