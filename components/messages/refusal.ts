import type { InnerProblem } from '@/lib/api/contract/common';
import type { MessageKey, Translate } from './types';

/** Services whose refusals are named by their code alone; a lease that is refused says more of itself. */
const services = new Set(['compute', 'network', 'block-storage']);

/** A refusal of a site that has a name of its own, in the person's language. All others are as they came. */
export function sayRefusal<T extends InnerProblem>(t: Translate, problem: T): T {
  if (!services.has(problem.upstream?.service ?? '')) return problem;
  // all of them stand without anything filled in; what has no sentence comes back as its key
  const say = (part: string, otherwise: string) => {
    const key = `refusal.${problem.code}.${part}`;
    const said = (t as (key: MessageKey) => string)(key as MessageKey);
    return said === key ? otherwise : said;
  };
  if (say('title', '') === '') return problem;
  return {
    ...problem,
    title: say('title', problem.title),
    detail: say('what', problem.detail),
    cause: say('why', problem.cause ?? ''),
    remedy: say('do', problem.remedy ?? ''),
  };
}
