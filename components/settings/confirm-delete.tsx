'use client';

import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Refused } from './refused';
import { useWrite } from './use-write';

interface ConfirmDeleteProps<Answer> {
  name: string;
  path: string;
  keys: string[];
  onDone?: (answer: Answer) => void;
  children: ReactNode;
}

/** Deletes one thing, after saying what that means. */
export function ConfirmDelete<Answer = unknown>({ name, path, keys, onDone, children }: ConfirmDeleteProps<Answer>) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const remove = useWrite<Answer>(keys, (answer) => {
    setOpen(false);
    onDone?.(answer);
  });
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
            <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate({ method: 'DELETE', path })}>
              {t('action.delete')}
            </Button>
          </>
        }
      >
        <div className="text-sm text-ink-2">{children}</div>
        <div className="mt-3 empty:hidden">
          <Refused error={remove.error} />
        </div>
      </Dialog>
    </>
  );
}
