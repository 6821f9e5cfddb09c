'use client';

import { useState } from 'react';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { LeaseView } from '@/lib/api/contract/leases';
import { TimeField } from '../time-field';
import { useLeaseChange } from './use-lease-action';

/** Another time for a lease that has not begun: as long as before, unless its end is changed as well. */
export function MoveDialog({ lease, onClose }: { lease: LeaseView; onClose: () => void }) {
  const t = useT();
  const length = Date.parse(lease.end) - Date.parse(lease.start);
  const [{ start, end }, setTime] = useState({ start: lease.start, end: lease.end });
  const change = useLeaseChange(lease.id, onClose);
  const block = start === '' ? t('leaseForm.missing.start') : end === '' ? t('leaseForm.missing.end') : undefined;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('leaseTime.move')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" busy={change.isPending} blocked={block} onClick={() => change.mutate({ start, end })}>
            {t('leaseTime.move')}
          </Button>
        </>
      }
    >
      <div className="space-y-4 text-sm">
        <TimeField
          id="move-start"
          label={t('leaseForm.startAt')}
          value={start}
          onChange={(next) =>
            setTime((now) => ({ start: next, end: next === '' ? now.end : new Date(Date.parse(next) + length).toISOString() }))
          }
        />
        <TimeField id="move-end" label={t('leaseForm.endAt')} value={end} onChange={(next) => setTime((now) => ({ ...now, end: next }))} />
        <Refused error={change.error} />
      </div>
    </Dialog>
  );
}
