'use client';

import { useQueries } from '@tanstack/react-query';
import { get } from '@/components/api/client';
import { useT } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { CodeLine } from '@/components/ui/copy';
import type { AccessView } from '@/lib/api/contract/deployments';
import type { LeaseView } from '@/lib/api/contract/leases';

/** Ready lines to go to the machines that stand on a lease. */
export function Access({ lease }: { lease: LeaseView }) {
  const t = useT();
  const all = useQueries({
    queries: lease.deployments.map(({ id }) => ({
      queryKey: ['deployments', id, 'access'],
      queryFn: ({ signal }: { signal: AbortSignal }) => get<AccessView>(`/deployments/${encodeURIComponent(id)}/access`, {}, signal),
    })),
  });
  const lines = all
    .flatMap(({ data }) => data?.nodes ?? [])
    .flatMap(({ node, hostname, ssh }) => (ssh === null ? [] : [{ node, hostname, ssh }]));
  if (lines.length === 0) return null;
  return (
    <Section id="lease-access" title={t('leaseReach.title')}>
      <ul className="space-y-2 p-4 sm:p-5">
        {lines.map(({ node, hostname, ssh }) => (
          <li key={node}>
            <p className="mb-1 text-xs text-ink-3">{hostname}</p>
            <CodeLine text={ssh} what={hostname} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
