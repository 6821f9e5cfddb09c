'use client';

import { useState } from 'react';
import { ApiProblem } from '@/components/api/client';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { FilterChip } from '@/components/ui/chip';
import { Dialog } from '@/components/ui/dialog';
import { Link } from '@/components/ui/link';
import type { LeaseView } from '@/lib/api/contract/leases';
import { HOUR } from '@/lib/leases/time/units';
import { alternativesIn } from '../form/alternatives';
import { formHref } from '../form/form-link';
import { SpanText, spanOf } from '../span-text';
import { TimeField } from '../time-field';
import { lengthText } from '../times';
import { useTimes } from '../zone';
import { Lost } from './dialogs';
import { LimitWords } from './limit-words';
import { useLeaseAction, useLeaseChange } from './use-lease-action';

const additions = [1, 6, 24, 72, 168];

interface EndDialogProps {
  lease: LeaseView;
  onClose: () => void;
}

/** Another end of a lease: by a press for what is usual, or a time; never further than can be had. */
export function ExtendDialog({ lease, shorten, onClose }: EndDialogProps & { shorten: boolean }) {
  const t = useT();
  const times = useTimes();
  const before = Date.parse(lease.end);
  const limit = lease.extendableUntil && Date.parse(lease.extendableUntil.at);
  const fits = (at: number) => limit === null || at <= limit;
  const [end, setEnd] = useState(() => {
    if (shorten) return new Date(before).toISOString();
    const first = before + 6 * HOUR;
    return new Date(fits(first) ? first : (limit ?? first)).toISOString();
  });
  const change = useLeaseChange(lease.id, onClose);
  const offered = change.error instanceof ApiProblem ? alternativesIn(change.error.problem) : [];
  const at = Date.parse(end);
  const complaint = Number.isNaN(at)
    ? undefined
    : !shorten && !fits(at) && limit !== null
      ? t('leaseExtend.tooFar', { time: times.moment(limit) })
      : shorten && at >= before
        ? t('leaseExtend.notShorter')
        : undefined;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(shorten ? 'leaseTime.shorten' : 'leaseTime.extend')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            look="primary"
            busy={change.isPending}
            blocked={Number.isNaN(at) ? t('leaseForm.missing.end') : complaint}
            onClick={() => change.mutate({ end })}
          >
            {t(shorten ? 'leaseExtend.shorten' : 'leaseExtend.do')}
          </Button>
        </>
      }
    >
      <div className="space-y-4 text-sm">
        {!shorten && <LimitWords lease={lease} />}
        {!shorten && (
          <div className="flex flex-wrap gap-1.5">
            {additions
              .filter((hours) => fits(before + hours * HOUR))
              .map((hours) => (
                <FilterChip
                  key={hours}
                  on={at === before + hours * HOUR}
                  onClick={() => setEnd(new Date(before + hours * HOUR).toISOString())}
                >
                  + {lengthText(hours * HOUR)}
                </FilterChip>
              ))}
            {limit !== null && limit > before && (
              <FilterChip on={at === limit} onClick={() => setEnd(new Date(limit).toISOString())}>
                {t('leaseExtend.most', { length: lengthText(limit - before) })}
              </FilterChip>
            )}
          </div>
        )}
        <TimeField id="new-end" label={t('leaseForm.endAt')} value={end} onChange={setEnd} error={complaint} />
        <Refused error={change.error} />
        {offered.length > 0 && (
          <ul className="divide-y divide-line rounded-lg border border-line">
            {offered.map((alternative) => (
              <li key={`${alternative.why} ${alternative.start}`} className="flex items-center justify-between gap-3 px-3 py-2.5">
                <span>
                  <span className="block text-xs font-medium text-accent">{t(`alternative.${alternative.why}`)}</span>
                  <SpanText span={spanOf(alternative)} length />
                </span>
                <Link href={formHref(alternative)} className="font-medium text-accent underline">
                  {t('offers.reserve')}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}

/** Ends a lease at once, after saying what is lost; its record stays. */
export function EndNow({ lease, onClose }: EndDialogProps) {
  const t = useT();
  const act = useLeaseAction(lease.id);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('leaseEnd.title', { name: lease.name })}
      footer={
        <>
          <Button onClick={onClose}>{t('common.keep')}</Button>
          <Button
            look="danger"
            busy={act.isPending}
            onClick={() => act.mutate({ action: 'end-now', withDeployments: lease.deployments.length > 0 }, { onSuccess: onClose })}
          >
            {t('leaseTime.endNow')}
          </Button>
        </>
      }
    >
      <div className="space-y-3 text-sm text-ink-2">
        <p>{t('leaseEnd.note')}</p>
        <Saved lease={lease} />
        <Lost lease={lease} />
        <Refused error={act.error} />
      </div>
    </Dialog>
  );
}

/** What ending now gives back. */
function Saved({ lease }: { lease: LeaseView }) {
  const t = useT();
  const left = Math.max(0, Date.parse(lease.end) - Date.now());
  if (!lease.cost || left === 0) return null;
  const amount = Math.round(((lease.cost.perHour * left) / HOUR) * 10) / 10;
  return <p>{t('leaseEnd.saved', { amount, unit: lease.cost.unit })}</p>;
}
