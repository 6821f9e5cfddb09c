'use client';

import { useState } from 'react';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import type { LeaseView } from '@/lib/api/contract/leases';
import { Stepper } from '../stepper';
import { useLeaseChange } from './use-lease-action';

interface GrowProps {
  lease: LeaseView;
  reservation: LeaseView['reservations'][number];
}

/** How many a reservation holds, to be changed: more where they are free; fewer only before it begins. */
export function Grow({ lease, reservation }: GrowProps) {
  const t = useT();
  const now = reservation.max ?? reservation.count ?? 1;
  const [count, setCount] = useState(now);
  const change = useLeaseChange(lease.id);
  if (!lease.actions.grow?.allowed || reservation.kind === 'network') return null;
  return (
    <div className="mt-3 space-y-2">
      <span className="flex flex-wrap items-center gap-2">
        <Stepper id={`grow-${reservation.id}`} label={t('finder.count')} value={count} onChange={setCount} />
        {count !== now && (
          <Button busy={change.isPending} onClick={() => change.mutate({ counts: { [reservation.id]: count } })}>
            {t('leaseHeld.change', { from: now, to: count })}
          </Button>
        )}
      </span>
      <Refused error={change.error} />
    </div>
  );
}
