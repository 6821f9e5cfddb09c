'use client';

import { useT } from '@/components/messages/provider';
import type { MessageKey } from '@/components/messages/types';
import { Section } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
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
          {lease.deployments.map(({ id, name, state }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 text-sm sm:px-5">
              <Link href={`/deployments/${id}`} className="font-medium text-ink hover:text-accent hover:underline">
                {name}
              </Link>
              {/* what states there are, the API says */}
              <span className="text-xs text-ink-2">{t(`state.${state}` as Extract<MessageKey, 'state.ready'>)}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
