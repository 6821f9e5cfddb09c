'use client';

import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { Credential } from '@/lib/api/contract/credentials';
import { Refused } from './refused';
import { useWrite } from './use-write';

/** Deletes a credential, after naming what depends on it and saying what becomes of it at the site. */
export function DeleteCredential({ credential }: { credential: Credential }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const remove = useWrite(['credentials', 'sites'], () => setOpen(false));
  const { name, made, kind, deployments, usedBy } = credential;
  const used = deployments > 0;
  const send = (query: string) =>
    remove.mutate({ method: 'DELETE', path: `/credentials/${encodeURIComponent(credential.id)}?inUse=${used}${query}` });
  return (
    <>
      <Button look="ghost" className="px-2" onClick={() => setOpen(true)}>
        <Trash2 aria-hidden />
        <span className="sr-only">{t('settings.delete', { name })}</span>
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('delete.title', { name })}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{t('common.keep')}</Button>
            {remove.isError && made && (
              <Button look="danger" busy={remove.isPending} onClick={() => send('&keepAtSite=true')}>
                {t('credential.forgetHere')}
              </Button>
            )}
            <Button look="danger" busy={remove.isPending} onClick={() => send('')}>
              {t(used ? 'credential.deleteAnyway' : 'action.delete')}
            </Button>
          </>
        }
      >
        <div className="space-y-3 text-sm text-ink-2">
          {used && (
            <>
              <p>{t('credential.deleteUsed', { count: deployments })}</p>
              <ul className="list-disc space-y-1 pl-5">
                {usedBy.map((deployment) => (
                  <li key={deployment.id}>
                    <Link href={`/deployments/${deployment.id}`} className="font-medium text-accent underline underline-offset-2">
                      {deployment.name}
                    </Link>
                  </li>
                ))}
              </ul>
            </>
          )}
          <p>{t(made ? 'credential.deleteMade' : kind === 'device' ? 'credential.deleteDevice' : 'credential.deleteNote')}</p>
          <Refused error={remove.error} />
        </div>
      </Dialog>
    </>
  );
}
