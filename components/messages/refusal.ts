import type { InnerProblem } from '@/lib/api/contract/common';
import { refusals } from './en/refusals';
import type { MessageKey, Translate } from './types';

/** Services whose refusals are named by their code alone; a lease that is refused says more of itself. */
const services = new Set(['compute', 'network', 'block-storage']);

/** A refusal of a site that has a name of its own, in the person's language. All others are as they came. */
export function sayRefusal<T extends InnerProblem>(t: Translate, problem: T): T {
  const key = (part: string) => `refusal.${problem.code}.${part}`;
  if (!services.has(problem.upstream?.service ?? '') || !(key('title') in refusals)) return problem;
  // all of them stand without anything filled in
  const say = (part: string, otherwise: string) =>
    key(part) in refusals ? (t as (key: MessageKey) => string)(key(part) as MessageKey) : otherwise;
  return {
    ...problem,
    title: say('title', problem.title),
    detail: say('what', problem.detail),
    cause: say('why', problem.cause ?? ''),
    remedy: say('do', problem.remedy ?? ''),
  };
}
