'use client';

import { useState } from 'react';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { PairView } from '@/lib/api/contract/pairs';
import { pairPath } from './queries';

/** Moves new work to one side, after saying what that does. */
export function Drain({ id, pair }: { id: string; pair: PairView }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const fixed = pair.origin.dialect === '4.1';
  const [side, setSide] = useState<'origin' | 'worker'>(fixed ? 'worker' : 'origin');
  const drain = useWrite<PairView>(['pairs'], () => setOpen(false));
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('pairWatch.drain')}</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('pairWatch.drainTitle')}
        note={t('pairWatch.drainNote')}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{t('common.cancel')}</Button>
            <Button
              look="primary"
              busy={drain.isPending}
              onClick={() => drain.mutate({ method: 'POST', path: pairPath(id, '/drain'), body: { side } })}
            >
              {t('pairWatch.drain')}
            </Button>
          </>
        }
      >
        <fieldset className="space-y-2 text-sm">
          <legend className="sr-only">{t('pairWatch.drainTitle')}</legend>
          {(['origin', 'worker'] as const).map((each) => (
            <label key={each} className="flex min-h-6 items-start gap-2 text-ink">
              <input
                type="radio"
                name="side"
                className="mt-0.5 size-4 shrink-0 accent-(--accent)"
                disabled={fixed && each === 'origin'}
                checked={side === each}
                onChange={() => setSide(each)}
              />
              {t(`pairWatch.side.${each}`, { name: pair[each].name })}
            </label>
          ))}
          {fixed && <p className="text-ink-2">{t('pairWatch.originOf41')}</p>}
          <Refused error={drain.error} />
        </fieldset>
      </Dialog>
    </>
  );
}

/** Sends all new work across for five minutes, to see whether the other side would do. */
export function Drill({ id, pair }: { id: string; pair: PairView }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const drill = useWrite<PairView>(['pairs'], () => setOpen(false));
  if (pair.origin.dialect === '4.1') return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('pairWatch.drill')}</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('pairWatch.drillTitle', { worker: pair.worker.name })}
        note={t('pairWatch.drillNote', { origin: pair.origin.name })}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{t('common.cancel')}</Button>
            <Button look="primary" busy={drill.isPending} onClick={() => drill.mutate({ method: 'POST', path: pairPath(id, '/drill') })}>
              {t('pairWatch.drillBegin')}
            </Button>
          </>
        }
      >
        <Refused error={drill.error} />
      </Dialog>
    </>
  );
}
