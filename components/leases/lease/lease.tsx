'use client';

import { useMemo } from 'react';
import { useLanguage } from '@/components/messages/provider';
import { Card } from '@/components/ui/card';
import { ProblemCard } from '@/components/ui/problem';
import { useTitle } from '@/components/ui/state/use-title';
import { Notice } from '@/components/ui/tone';
import type { LeaseView } from '@/lib/api/contract/leases';
import { isOver } from '../states';
import { Access } from './access';
import { Cost } from './cost';
import { Deployments } from './deployments';
import { ExportAs } from './export-as';
import { LeaseHeader } from './header';
import { History } from './history';
import { leaseInWords } from './in-words';
import { Nodes } from './nodes';
import { TimeBar } from './time-bar';
import { TimeSection } from './time-section';

/** All that is known of a lease, with what can be done. */
export function Lease({ lease: told }: { lease: LeaseView }) {
  const { t, said, format } = useLanguage();
  const lease = useMemo(() => leaseInWords(told, t, format, said), [told, t, format, said]);
  useTitle(lease.name);
  return (
    <>
      <LeaseHeader lease={lease} />
      <div className="mb-5 space-y-3 empty:hidden">
        {lease.problem && <ProblemCard problem={lease.problem} />}
        {lease.unheard && (
          <Notice tone="warn" title={t('lease.unheard')}>
            {said(lease.unheard.detail)}
          </Notice>
        )}
        {lease.health.map(({ what, severity, detail, remedy }) => (
          <Notice
            key={`${what} ${detail}`}
            tone={severity === 'error' ? 'bad' : severity === 'warning' ? 'warn' : 'idle'}
            title={said(detail)}
          >
            {said(remedy)}
          </Notice>
        ))}
        {!lease.takenOver && !isOver(lease) && (
          <Notice tone="idle" title={t('lease.elsewhere')}>
            {t('lease.elsewhereNote')}
          </Notice>
        )}
      </div>
      <Card className="mb-5 p-4 sm:p-5">
        <TimeBar lease={lease} />
      </Card>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_23rem]">
        <div className="min-w-0 space-y-5">
          <Nodes lease={lease} />
          <Deployments lease={lease} />
          <Access lease={lease} />
          <History lease={lease} />
        </div>
        <div className="min-w-0 space-y-5">
          {!isOver(lease) && <TimeSection lease={lease} />}
          <Cost lease={lease} />
          <ExportAs lease={lease} />
        </div>
      </div>
    </>
  );
}
