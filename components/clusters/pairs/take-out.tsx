'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Unlink } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { PairView } from '@/lib/api/contract/pairs';
import { pairPath, pairQueries } from './queries';

/** Takes a pair out, after asking what becomes of its service on both clusters. */
export function TakeOut({ id, pair }: { id: string; pair: PairView }) {
  const t = useT();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  // of what is only half made nothing is worth keeping
  const [keep, setKeep] = useState(pair.state === 'standing');
  const remove = useWrite([], () => {
    // the list alone: the pair's own page would only be told that it is gone
    void client.invalidateQueries({ queryKey: pairQueries.mine().queryKey, exact: true });
    router.push('/clusters');
  });
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        <Unlink aria-hidden />
        {t('pairs.remove')}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('pairs.removeTitle', { name: pair.name })}
        note={t('pairs.removeNote')}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{t('common.cancel')}</Button>
            <Button
              look="danger"
              busy={remove.isPending}
              onClick={() => remove.mutate({ method: 'DELETE', path: `${pairPath(id)}?keep=${keep}` })}
            >
              {t('pairs.remove')}
            </Button>
          </>
        }
      >
        <fieldset className="space-y-2 text-sm">
          <legend className="sr-only">{t('pairs.removeNote')}</legend>
          {[true, false].map((each) => (
            <label key={String(each)} className="flex min-h-6 items-center gap-2 text-ink">
              <input type="radio" name="keep" className="size-4 accent-(--accent)" checked={keep === each} onChange={() => setKeep(each)} />
              {t(each ? 'pairs.keepServices' : pair.inPlace ? 'pairs.removeWorker' : 'pairs.removeServices')}
            </label>
          ))}
          <Refused error={remove.error} />
        </fieldset>
      </Dialog>
    </>
  );
}
