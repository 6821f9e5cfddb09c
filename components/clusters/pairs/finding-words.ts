import type { Translate } from '@/components/messages/types';
import type { PairPlanView } from '@/lib/api/contract/pairs';

type Finding = PairPlanView['sides'][number]['findings'][number];
type FindingKey = `pairs.${'about' | 'fix'}.${Finding['about']}`;

/** What stands against a pair, and what mends it, in the person's language. */
export function findingWords(t: Translate, { about, values }: Finding): { what: string; mend: string } {
  // which values a sentence needs is known where the finding is made
  const say = t as (key: FindingKey, values: Finding['values']) => string;
  return { what: say(`pairs.about.${about}`, values), mend: say(`pairs.fix.${about}`, values) };
}
