'use client';

import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Moment } from '@/components/ui/time';
import { Notice } from '@/components/ui/tone';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import { DAY } from '@/lib/leases/time/units';
import { extended } from './ends';

/** That a deployment ends soon, and what puts it off. */
export function Ending({ view, at, tone }: { view: DeploymentView; at: string; tone: 'warn' | 'bad' }) {
  const t = useT();
  const extend = useWrite(['deployments']);
  const by = (days: number) =>
    extend.mutate({
      method: 'PATCH',
      path: `/deployments/${encodeURIComponent(view.id)}`,
      body: { expiresAt: extended(view.expiresAt, Date.now(), days * DAY) },
    });
  return (
    <Notice
      tone={tone}
      title={t('time.ending', { name: view.name })}
      action={[1, 7].map((days) => (
        <Button key={days} className="min-h-8" busy={extend.isPending} onClick={() => by(days)}>
          {t('time.longer', { count: days })}
        </Button>
      ))}
    >
      {t('time.endingNote')} <Moment iso={at} />.
      <div className="mt-2 empty:hidden">
        <Refused error={extend.error} />
      </div>
    </Notice>
  );
}
