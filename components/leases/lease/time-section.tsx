'use client';

import { CalendarClock, MoveHorizontal, Scissors, Square } from 'lucide-react';
import { useState } from 'react';
import { useSaid, useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { useNow } from '@/components/ui/time';
import type { LeaseView } from '@/lib/api/contract/leases';
import { useTimes } from '../zone';
import { AutoExtend } from './auto-extend';
import { EndNow, ExtendDialog } from './end-dialogs';
import { LimitWords } from './limit-words';
import { MoveDialog } from './move-dialog';

/** Until when it lasts, how far it can be extended and what binds; extending, shortening, ending. */
export function TimeSection({ lease }: { lease: LeaseView }) {
  const t = useT();
  const said = useSaid();
  const times = useTimes();
  const now = useNow();
  const [dialog, open] = useState<'extend' | 'shorten' | 'move' | 'end' | null>(null);
  const { extend, shorten, move, 'end-now': endNow } = lease.actions;
  const opens = lease.extensionOpensAt === null ? null : Date.parse(lease.extensionOpensAt);
  return (
    <Section id="lease-time" title={t('leaseTime.title')}>
      <div className="space-y-4 p-4 text-sm sm:p-5">
        <LimitWords lease={lease} />
        <div className="flex flex-wrap gap-2">
          <Button
            look="primary"
            blocked={
              extend?.allowed
                ? undefined
                : opens !== null && opens > now
                  ? t('leaseTime.opens', { time: times.moment(opens) })
                  : extend?.reason
                    ? said(extend.reason)
                    : t('leaseTime.cant')
            }
            onClick={() => open('extend')}
          >
            <CalendarClock aria-hidden />
            {t('leaseTime.extend')}
          </Button>
          {move?.allowed && (
            <Button onClick={() => open('move')}>
              <MoveHorizontal aria-hidden />
              {t('leaseTime.move')}
            </Button>
          )}
          {shorten?.allowed && (
            <Button onClick={() => open('shorten')}>
              <Scissors aria-hidden />
              {t('leaseTime.shorten')}
            </Button>
          )}
          {endNow?.allowed && (
            <Button look="danger" onClick={() => open('end')}>
              <Square aria-hidden />
              {t('leaseTime.endNow')}
            </Button>
          )}
        </div>
        <AutoExtend lease={lease} />
      </div>
      {(dialog === 'extend' || dialog === 'shorten') && (
        <ExtendDialog lease={lease} shorten={dialog === 'shorten'} onClose={() => open(null)} />
      )}
      {dialog === 'move' && <MoveDialog lease={lease} onClose={() => open(null)} />}
      {dialog === 'end' && <EndNow lease={lease} onClose={() => open(null)} />}
    </Section>
  );
}
