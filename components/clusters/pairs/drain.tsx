'use client';

import { useState } from 'react';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { PairView } from '@/lib/api/contract/pairs';
import { asksToken, blockedBy, TokenField, withToken } from './pair-token';
import { pairPath } from './queries';

/** Moves new work to one side, after saying what that does. */
export function Drain({ id, pair }: { id: string; pair: PairView }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [side, setSide] = useState<'origin' | 'worker'>('origin');
  const [token, setToken] = useState('');
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
              blocked={side === 'origin' ? blockedBy(t, pair, token) : undefined}
              onClick={() => drain.mutate({ method: 'POST', path: pairPath(id, '/drain'), body: { side, ...withToken(token) } })}
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
                checked={side === each}
                onChange={() => setSide(each)}
              />
              {t(`pairWatch.side.${each}`, { name: pair[each].name })}
            </label>
          ))}
          {side === 'origin' && asksToken(pair) && (
            <TokenField id="drain-token" help={t('pairToken.drainHelp')} value={token} onChange={setToken} />
          )}
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
  const [token, setToken] = useState('');
  const drill = useWrite<PairView>(['pairs'], () => setOpen(false));
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
            <Button
              look="primary"
              busy={drill.isPending}
              blocked={blockedBy(t, pair, token)}
              onClick={() => drill.mutate({ method: 'POST', path: pairPath(id, '/drill'), body: withToken(token) })}
            >
              {t('pairWatch.drillBegin')}
            </Button>
          </>
        }
      >
        <div className="space-y-3">
          {asksToken(pair) && <TokenField id="drill-token" help={t('pairToken.drainHelp')} value={token} onChange={setToken} />}
          <Refused error={drill.error} />
        </div>
      </Dialog>
    </>
  );
}
