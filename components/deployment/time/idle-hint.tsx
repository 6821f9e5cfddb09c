'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { write } from '@/components/api/client';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Ago } from '@/components/ui/time';
import { Notice } from '@/components/ui/tone';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import { AskDialog } from '../ask-dialog';
import { DeleteDialog } from '../delete-dialog';

/** That a deployment has had nothing to do for long, as far as that is known, and what can be done about it. */
export function IdleHint({ view, since, onTime }: { view: DeploymentView; since: string; onTime: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'stop' | 'delete' | null>(null);
  const stop = useMutation({
    mutationFn: () => write('POST', `/deployments/${encodeURIComponent(view.id)}/actions`, { body: { action: 'stop' } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['deployments'] }),
  });
  const close = () => setAsking(null);
  return (
    <>
      <Notice
        tone="warn"
        title={t('idle.title', { name: view.name })}
        action={
          <>
            {view.actions.stop?.allowed && (
              <Button className="min-h-8" busy={stop.isPending} onClick={() => setAsking('stop')}>
                {t('action.stop')}
              </Button>
            )}
            {view.actions.delete?.allowed && (
              <Button className="min-h-8" onClick={() => setAsking('delete')}>
                {t('action.delete')}
              </Button>
            )}
            <Button className="min-h-8" onClick={onTime}>
              {t('time.change')}
            </Button>
          </>
        }
      >
        {t('idle.last')} <Ago iso={since} />. {t('idle.note')}
        <div className="mt-2 empty:hidden">
          <Refused error={stop.error} />
        </div>
      </Notice>
      {asking === 'stop' && <AskDialog view={view} action="stop" onOpenChange={close} onSure={() => stop.mutate()} />}
      {asking === 'delete' && <DeleteDialog view={view} onOpenChange={close} />}
    </>
  );
}
