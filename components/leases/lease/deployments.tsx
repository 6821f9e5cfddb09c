'use client';

import { useT } from '@/components/messages/provider';
import { standingOf, toneOfStanding } from '@/components/shared/deployment-standing';
import { Section } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { Status } from '@/components/ui/tone';
import type { LeaseView } from '@/lib/api/contract/leases';
import { isOver } from '../states';
import { DeployMenu } from './deploy-menu';

/** What stands on a lease, and the way to put something on it: it waits for the beginning by itself. */
export function Deployments({ lease }: { lease: LeaseView }) {
  const t = useT();
  return (
    <Section id="lease-deployments" title={t('leaseOn.title')} aside={isOver(lease) ? null : <DeployMenu lease={lease.id} look="ghost" />}>
      {lease.deployments.length === 0 ? (
        <p className="px-4 py-4 text-sm text-ink-2 sm:px-5">{t('leaseOn.none')}</p>
      ) : (
        <ul className="divide-y divide-line">
          {lease.deployments.map((each) => (
            <li key={each.id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 text-sm sm:px-5">
              <Link href={`/deployments/${each.id}`} className="font-medium text-ink hover:text-accent hover:underline">
                {each.name}
              </Link>
              <Status tone={toneOfStanding(each)}>{t(`state.${standingOf(each)}`)}</Status>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
