'use client';

import { useState } from 'react';
import { useSaid, useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Switch } from '@/components/ui/controls/switch';
import type { LeaseView } from '@/lib/api/contract/leases';
import { DAY } from '@/lib/leases/time/units';
import { TimeField } from '../time-field';
import { useTimes } from '../zone';
import { useLeaseAction } from './use-lease-action';

const WEEK = 7 * DAY;

/** Whether a lease is extended by itself each time that its window opens, and until when. */
export function AutoExtend({ lease }: { lease: LeaseView }) {
  const t = useT();
  const said = useSaid();
  const times = useTimes();
  const act = useLeaseAction(lease.id);
  const [until, setUntil] = useState('');
  const on = lease.extend !== null;
  const [asking, ask] = useState(false);
  const state = lease.actions['auto-extend'];
  const shown = on || asking;
  return (
    <div className="space-y-3 border-t border-line pt-4">
      <label htmlFor="auto-extend" className="flex items-center justify-between gap-3">
        <span>
          <span className="block font-medium text-ink">{t('leaseAuto.title')}</span>
          <span className="block text-xs text-ink-2">
            {state && !state.allowed && state.reason ? said(state.reason) : t('leaseAuto.note')}
          </span>
        </span>
        <Switch
          id="auto-extend"
          checked={shown}
          disabled={!state?.allowed || act.isPending}
          onCheckedChange={(next) => {
            if (on && !next) act.mutate({ action: 'auto-extend', until: null });
            else {
              ask(next);
              setUntil(new Date(Date.parse(lease.end) + WEEK).toISOString());
            }
          }}
        />
      </label>
      {lease.extend && (
        <p className="text-xs text-ink-2">
          {t('leaseAuto.until', { time: times.moment(Date.parse(lease.extend.until)) })}{' '}
          {lease.extend.nextAt && t('leaseAuto.next', { time: times.moment(Date.parse(lease.extend.nextAt)) })}
        </p>
      )}
      {asking && !on && (
        <div className="space-y-3">
          <TimeField id="auto-until" label={t('leaseForm.extendUntil')} value={until} onChange={setUntil} />
          <Button
            look="primary"
            busy={act.isPending}
            blocked={until === '' ? t('leaseForm.missing.end') : undefined}
            onClick={() => act.mutate({ action: 'auto-extend', until }, { onSuccess: () => ask(false) })}
          >
            {t('leaseAuto.do')}
          </Button>
        </div>
      )}
      <Refused error={act.error} />
    </div>
  );
}
