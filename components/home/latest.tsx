'use client';

import { Progress } from '@/components/deployments/progress';
import { useLanguage } from '@/components/messages/provider';
import { isMoving, standingOf, toneOfStanding } from '@/components/shared/deployment-standing';
import { Link } from '@/components/ui/link';
import { Ago } from '@/components/ui/time';
import { Status } from '@/components/ui/tone';
import type { DeploymentSummary } from '@/lib/api/contract/deployments';

/** The latest deployments, a line each. */
export function Latest({ deployments }: { deployments: DeploymentSummary[] }) {
  const { t, said } = useLanguage();
  if (deployments.length === 0) return <p className="p-5 text-sm text-ink-2">{t('deployments.none')}</p>;
  return (
    <ul className="divide-y divide-line">
      {deployments.slice(0, 6).map((each) => (
        <li key={each.id} className="relative px-5 py-3 hover:bg-hover/60">
          <p className="flex items-center justify-between gap-3">
            <Link href={`/deployments/${each.id}`} className="min-w-0 truncate text-sm font-medium text-ink after:absolute after:inset-0">
              {each.name}
            </Link>
            <Status tone={toneOfStanding(each)}>{t(`state.${standingOf(each)}`)}</Status>
          </p>
          <p className="text-xs text-ink-3">
            {said(each.recipeName)} · <Ago iso={each.createdAt} />
          </p>
          {isMoving(each.state) && (
            <div className="mt-2">
              <Progress done={each.progress.done} total={each.progress.total} label={t('deployment.progress')} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
