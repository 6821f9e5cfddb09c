'use client';

import { LoaderCircle } from 'lucide-react';
import { useLanguage } from '@/components/messages/provider';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { later } from '@/components/ui/later';
import { Link } from '@/components/ui/link';
import { ProblemCard, useProblem } from '@/components/ui/problem';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { LivePlan } from '../use-plan';

// drawn when sites have answered, and loaded while they are asked
const lines = () => <SkeletonLines lines={9} className="p-5" />;
const PlanSummary = later(() => import('./plan-summary').then((module) => module.PlanSummary), lines);
const NoSite = later(() => import('../placing/no-site').then((module) => module.NoSite), lines);

interface PlanRailProps {
  plan: LivePlan;
  signedIn: boolean;
  signInHref: string;
  onField: (field: string) => void;
  onPlacement: () => void;
}

/** The plan beside the questions: what will be made, what it takes and leaves, and what stands against it. */
export function PlanRail({ plan, signedIn, signInHref, onField, onPlacement }: PlanRailProps) {
  const { t } = useLanguage();
  const view = plan.query.data;
  return (
    <Section
      id="plan"
      title={t('plan.title')}
      aside={
        <span role="status" className="flex items-center gap-1.5 text-xs text-ink-3">
          {plan.waiting && view && (
            <>
              <LoaderCircle aria-hidden className="size-3.5 animate-turn" />
              {t('plan.updating')}
            </>
          )}
        </span>
      }
    >
      {!signedIn && (
        <div className="space-y-3 p-5 text-sm text-ink-2">
          <p>{t('plan.signIn')}</p>
          <Link href={signInHref} className={buttonClass('primary')}>
            {t('signin.action')}
          </Link>
        </div>
      )}
      {signedIn && plan.query.isError && <PlanFailed plan={plan} />}
      {signedIn &&
        !plan.query.isError &&
        (plan.search.state === 'none' ? (
          <NoSite search={plan.search} onAgain={plan.searchAgain} onPlacement={onPlacement} />
        ) : view ? (
          <PlanSummary view={view} plan={plan} onField={onField} />
        ) : (
          <NoPlan waiting={plan.waiting || plan.search.state === 'searching'} />
        ))}
    </Section>
  );
}

function NoPlan({ waiting }: { waiting: boolean }) {
  const { t } = useLanguage();
  return waiting ? lines() : <p className="p-5 text-sm text-ink-2">{t('plan.none')}</p>;
}

function PlanFailed({ plan }: { plan: LivePlan }) {
  const { t } = useLanguage();
  const problem = useProblem(plan.query.error);
  return (
    <div className="p-3">
      <ProblemCard problem={problem} action={<Button onClick={() => plan.query.refetch()}>{t('common.tryAgain')}</Button>} />
    </div>
  );
}
