'use client';

import { Trash2 } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, TextInput } from '@/components/ui/field';

interface ConfirmDeleteProps<Answer> {
  name: string;
  path: string;
  keys: string[];
  /** what the button says, where it is not the usual word */
  action?: string;
  /** what can be done in its place once it was refused */
  instead?: { action: string; path: string };
  onDone?: (answer: Answer) => void;
  /** its name has to be typed: what is on it can't be had back */
  typed?: boolean;
  children: ReactNode;
}

/** Deletes one thing, after saying what that means. */
export function ConfirmDelete<Answer = unknown>({
  name,
  path,
  keys,
  action,
  instead,
  onDone,
  typed,
  children,
}: ConfirmDeleteProps<Answer>) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [word, setWord] = useState('');
  const field = useId();
  const remove = useWrite<Answer>(keys, (answer) => {
    setOpen(false);
    onDone?.(answer);
  });
  const label = t('settings.delete', { name });
  return (
    <>
      <Button look="ghost" className="px-2" title={label} onClick={() => setOpen(true)}>
        <Trash2 aria-hidden />
        <span className="sr-only">{label}</span>
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('delete.title', { name })}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{t('common.keep')}</Button>
            {remove.isError && instead && (
              <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate({ method: 'DELETE', path: instead.path })}>
                {instead.action}
              </Button>
            )}
            <Button
              look="danger"
              busy={remove.isPending}
              blocked={typed && word.trim() !== name ? t('delete.typeFirst') : undefined}
              onClick={() => remove.mutate({ method: 'DELETE', path })}
            >
              {action ?? t('action.delete')}
            </Button>
          </>
        }
      >
        <div className="space-y-3 text-sm text-ink-2">
          {children}
          {typed && (
            <Field id={field} label={t('change.word', { name })}>
              <TextInput id={field} autoComplete="off" spellCheck={false} value={word} onChange={(event) => setWord(event.target.value)} />
            </Field>
          )}
          <Refused error={remove.error} />
        </div>
      </Dialog>
    </>
  );
}
