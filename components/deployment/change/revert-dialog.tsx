'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { write } from '@/components/api/client';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, TextInput } from '@/components/ui/field';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import type { RecipeDetail } from '@/lib/catalog/types';
import { blockedBy } from './blocked';
import { Difference } from './difference';
import { changePath, usePreview } from './use-preview';

interface RevertDialogProps {
  view: DeploymentView;
  recipe: RecipeDetail;
  /** number of the version to go back to */
  version: number;
  onOpenChange: (open: boolean) => void;
}

/** Says what going back to an earlier version would do, then does it. */
export function RevertDialog({ view, recipe, version, onOpenChange }: RevertDialogProps) {
  const t = useT();
  const client = useQueryClient();
  const [word, setWord] = useState('');
  const { preview, error, waiting } = usePreview(view.id, { revertTo: version });
  const revert = useMutation({
    mutationFn: () =>
      write('PATCH', changePath(view.id), { body: { revertTo: version, confirm: word || undefined, revision: preview?.revision } }),
    onSuccess: async () => {
      onOpenChange(false);
      await client.invalidateQueries({ queryKey: ['deployments'] });
    },
  });
  const needsWord = preview?.effect === 'data-lost' && !preview.nothing;
  const blocked = blockedBy({ waiting, failed: error !== null, preview, wordless: needsWord && word !== view.name });
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={t('versions.revertTo', { number: version })}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('common.cancel')}</Button>
          <Button
            look={needsWord ? 'danger' : 'primary'}
            blocked={blocked && t(blocked)}
            busy={revert.isPending}
            onClick={() => revert.mutate()}
          >
            {t('versions.revert')}
          </Button>
        </>
      }
    >
      <div className="-mx-5">
        {preview?.nothing ? (
          <p className="px-5 text-sm text-ink-2">{t('change.nothing')}</p>
        ) : preview ? (
          <Difference preview={preview} recipe={recipe} />
        ) : (
          !error && <SkeletonLines lines={6} className="px-5" />
        )}
      </div>
      {needsWord && (
        <Field id="confirm-revert" label={t('change.word', { name: view.name })}>
          <TextInput id="confirm-revert" autoComplete="off" value={word} onChange={(event) => setWord(event.target.value)} />
        </Field>
      )}
      <div className="mt-4 empty:hidden">
        <Refused error={error ?? revert.error} />
      </div>
    </Dialog>
  );
}
