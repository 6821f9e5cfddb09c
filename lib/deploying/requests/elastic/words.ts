import type { ElasticGroup } from '@/lib/catalog/elastic';
import type { Problem } from '@/lib/core/errors';
import { coolDownSeconds, type Decision, type Situation, silentSeconds } from './decide';

/** The line that a decision is in the history of its deployment. Pure. @param refused why its site refused more last */
export function saysOf(
  { does, because, count, leaving }: Decision,
  { label, work, idleSeconds, least, most }: Pick<ElasticGroup, 'label' | 'work' | 'idleSeconds' | 'least' | 'most'>,
  { nodes, queue }: Pick<Situation, 'nodes' | 'queue'>,
  refused: Problem | null,
): string {
  const waits = whatWaits[work];
  const minutes = Math.round(idleSeconds / 60);
  const names = nodes
    .filter(({ key }) => leaving.includes(key))
    .map(({ hostname }) => hostname)
    .join(', ');
  if (does === 'grow' && because === 'least') return `${label} grow from ${nodes.length} to ${count}: so many stay, whatever waits`;
  if (does === 'grow') return waits.grow({ label, from: nodes.length, count, waiting: queue?.waiting ?? 0 });
  if (because === 'over-most') return `${label} shrink from ${nodes.length} to ${count}: there may be ${most}; ${names} had nothing to do`;
  if (does === 'shrink') return `${label} shrink from ${nodes.length} to ${count}: ${names} had nothing to do for ${minutes} minutes`;
  switch (because) {
    case 'most':
      return waits.most({ label, count, most });
    case 'refused':
      return waits.refused({ label, count, why: refused?.detail ?? '' }).trim();
    case 'cool-down':
      return `${label} stay at ${count} for the moment: they were changed less than ${coolDownSeconds} seconds ago`;
    case 'free':
      return waits.free({ label, count });
    case 'at-least':
      return waits.atLeast({ label, count, least });
    case 'busy':
      return `${label} stay at ${count}: all of them are at work`;
    case 'not-idle-yet':
      return waits.notIdleYet({ label, count, minutes });
    case 'under-way':
      return `${label} stay at ${count} until the change that is under way is done`;
    case 'no-word':
      return `${label} stay at ${count}: nothing was heard of their queue for ${silentSeconds / 60} minutes`;
    default:
      return `${label} stay at ${count}: the deployment can’t be changed as it is now`;
  }
}

interface About {
  label: string;
  count: number;
}

interface WhatWaits {
  grow(about: About & { from: number; waiting: number }): string;
  most(about: About & { most: number }): string;
  refused(about: About & { why: string }): string;
  free(about: About): string;
  atLeast(about: About & { least: number }): string;
  notIdleYet(about: About & { minutes: number }): string;
}

const whatWaits: Record<ElasticGroup['work'], WhatWaits> = {
  jobs: {
    grow: ({ label, from, count, waiting }) =>
      `${label} grow from ${from} to ${count}: jobs wait (${waiting}), and too few nodes are free for them`,
    most: ({ label, count, most }) => `${label} stay at ${count}: jobs wait, and there may be no more than ${most}`,
    refused: ({ label, count, why }) => `${label} stay at ${count}: jobs wait, and more were refused a while ago. ${why}`,
    free: ({ label, count }) => `${label} stay at ${count}: jobs wait, and enough nodes are free for them`,
    atLeast: ({ label, count, least }) => `${label} stay at ${count}: no job waits, and ${least} stay, whatever waits`,
    notIdleYet: ({ label, count, minutes }) =>
      `${label} stay at ${count}: no job waits, and none of them has had nothing to do for ${minutes} minutes`,
  },
  pods: {
    grow: ({ label, from, count, waiting }) =>
      `${label} grow from ${from} to ${count}: pods wait (${waiting}), and too few nodes are free for them`,
    most: ({ label, count, most }) => `${label} stay at ${count}: pods wait, and there may be no more than ${most}`,
    refused: ({ label, count, why }) => `${label} stay at ${count}: pods wait, and more were refused a while ago. ${why}`,
    free: ({ label, count }) => `${label} stay at ${count}: pods wait, and enough nodes are free for them`,
    atLeast: ({ label, count, least }) => `${label} stay at ${count}: no pod waits, and ${least} stay, whatever waits`,
    notIdleYet: ({ label, count, minutes }) =>
      `${label} stay at ${count}: no pod waits, and none of them has had nothing to do for ${minutes} minutes`,
  },
};
