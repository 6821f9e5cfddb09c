'use client';

import { useQuery } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { useLanguage } from '@/components/messages/provider';
import { quotaBars } from '@/components/shared/quota/quota-bars';
import { QuotaMeter } from '@/components/shared/quota/quota-meter';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { PlanView } from '@/lib/api/contract/deployments';

/** What the plan takes of a site's quotas and leaves. */
export function SiteQuota({ site, project, totals }: { site: string; project: string | undefined; totals: PlanView['totals'] }) {
  const { t } = useLanguage();
  const query = useQuery(queries.facts(site, project));
  const { data } = useQuery(queries.sites());
  return (
    <div className="px-5 py-4">
      <p className="mb-3 text-sm font-medium text-ink">
        {t('plan.quotaAt', { site: data?.items.find((each) => each.id === site)?.name ?? site })}
      </p>
      <Loaded query={query} skeleton={<SkeletonLines lines={6} />}>
        {(facts) => (
          <ul className="space-y-3">
            {quotaBars(facts.quotas, totals).map((bar) => (
              <QuotaMeter key={bar.name} bar={bar} />
            ))}
          </ul>
        )}
      </Loaded>
    </div>
  );
}
