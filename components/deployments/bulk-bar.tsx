'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { write } from '@/components/api/client';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { DeploymentSummary } from '@/lib/api/contract/deployments';

/** What can be done with the deployments that are selected. */
export function BulkBar({ chosen, onDone }: { chosen: DeploymentSummary[]; onDone: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const [asking, ask] = useState(false);
  const remove = useMutation({
    mutationFn: async () => {
      const answers = await Promise.allSettled(chosen.map((each) => write('DELETE', `/deployments/${encodeURIComponent(each.id)}`)));
      const refused = answers.find((answer) => answer.status === 'rejected');
      if (refused) throw refused.reason;
    },
    onSuccess: () => {
      ask(false);
      onDone();
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['deployments'] }),
  });
  if (chosen.length === 0) return null;
  return (
    <div className="sticky top-16 z-20 mb-3 flex flex-wrap items-center gap-3 rounded-card border border-accent/40 bg-accent-soft px-4 py-2 text-sm">
      <p role="status" className="font-medium text-ink">
        {t('deployments.selected', { count: chosen.length })}
      </p>
      <Button look="danger" className="ml-auto" onClick={() => ask(true)}>
        <Trash2 aria-hidden />
        {t('action.delete')}
      </Button>
      <Button look="ghost" onClick={onDone}>
        {t('deployments.selectNone')}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={ask}
        title={t('delete.many', { count: chosen.length })}
        note={t('delete.note')}
        footer={
          <>
            <Button onClick={() => ask(false)}>{t('common.keep')}</Button>
            <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
              {t('delete.confirm')}
            </Button>
          </>
        }
      >
        <ul className="list-disc space-y-1 pl-5 text-sm text-ink-2">
          {chosen.map((each) => (
            <li key={each.id}>
              <span className="text-ink">{each.name}</span> · {t('delete.nodes', { count: each.nodes.total })}
            </li>
          ))}
        </ul>
        <div className="mt-4 empty:hidden">
          <Refused error={remove.error} />
        </div>
      </Dialog>
    </div>
  );
}
