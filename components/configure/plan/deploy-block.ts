import type { Translate } from '@/components/messages/types';
import type { PlanView } from '@/lib/api/contract/deployments';

interface Standing {
  signedIn: boolean;
  /** answers that are missing or wrong */
  faults: number;
  /** every group has a site */
  placed: boolean;
  /** the plan is not yet that of what is on the screen */
  planning: boolean;
  plan: PlanView | undefined;
  planFailed: boolean;
  /** its lease may end before it is ready, and nobody said that this is well */
  shortLease?: boolean;
  nameGood: boolean;
}

/** Why deploying has to wait, as a sentence; null when nothing is in its way. */
export function deployBlock({
  signedIn,
  faults,
  placed,
  planning,
  plan,
  planFailed,
  shortLease = false,
  nameGood,
}: Standing): ((t: Translate) => string) | null {
  if (!signedIn) return (t) => t('block.signIn');
  if (faults > 0) return (t) => t('block.faults', { count: faults });
  if (!placed) return (t) => t('block.placement');
  if (planFailed) return (t) => t('block.planFailed');
  if (planning || !plan) return (t) => t('block.planning');
  const errors = plan.problems.filter((problem) => problem.severity === 'error').length;
  if (errors > 0) return (t) => t('block.problems', { count: errors });
  if (shortLease) return (t) => t('block.shortLease');
  return nameGood ? null : (t) => t('block.name');
}
