'use client';

import { LoaderCircle } from 'lucide-react';
import { useLanguage } from '@/components/messages/provider';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { ProblemCard, useProblem } from '@/components/ui/problem';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { PlanView } from '@/lib/api/contract/deployments';
import { NoSite } from '../placing/no-site';
import type { LivePlan } from '../use-plan';
import { PlanProblems } from './plan-problems';
import { PlanResources } from './plan-resources';
import { SiteQuota } from './site-quota';

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
          <NoSite search={plan.search} onPlacement={onPlacement} />
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
  return waiting ? <SkeletonLines lines={9} className="p-5" /> : <p className="p-5 text-sm text-ink-2">{t('plan.none')}</p>;
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

function PlanSummary({ view, plan, onField }: { view: PlanView; plan: LivePlan; onField: (field: string) => void }) {
  const { t, format } = useLanguage();
  const { totals } = view;
  const figures = [
    [t('plan.nodes'), format.number(totals.nodes)],
    [t('quota.cores'), format.number(totals.vcpus)],
    [t('quota.ramMiB'), format.memory(totals.ramMiB)],
    [t('plan.time'), format.duration(totals.seconds)],
  ] as const;
  const projects = new Map(Object.values(plan.request?.placement ?? {}).map((place) => [place.site, place.project]));
  return (
    <div className="divide-y divide-line">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 px-5 py-4">
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt className="text-xs text-ink-3">{label}</dt>
            <dd className="text-lg font-semibold tracking-tight text-ink tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <PlanProblems problems={view.problems} onField={onField} />
      {Object.entries(view.siteTotals).map(([site, siteTotals]) => (
        <SiteQuota key={site} site={site} project={projects.get(site)} totals={siteTotals} />
      ))}
      <PlanResources view={view} />
    </div>
  );
}
