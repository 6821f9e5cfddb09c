'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { write } from '@/components/api/client';
import { deploymentQueries } from '@/components/deployments/queries';
import { useLanguage } from '@/components/messages/provider';
import { kindLabel } from '@/components/shared/kind-label';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import { type Claims, ClusterMade } from './cluster-made';

// told one by one: what people would miss
const named = ['server', 'volume', 'floatingIp', 'lease'];

interface DeleteDialogProps {
  view: DeploymentView;
  /** to cancel what is under way deletes what was made so far */
  action?: 'delete' | 'cancel';
  onOpenChange: (open: boolean) => void;
}

/** Says what a delete takes away, then does it. */
export function DeleteDialog({ view, action = 'delete', onOpenChange }: DeleteDialogProps) {
  const { t, said } = useLanguage();
  const client = useQueryClient();
  const resources = useQuery(deploymentQueries.resources(view.id));
  const [claims, setClaims] = useState<Claims>({ go: false, word: '' });
  const remove = useMutation({
    mutationFn: () => {
      const path = `/deployments/${encodeURIComponent(view.id)}`;
      return action === 'delete'
        ? write('DELETE', `${path}${claims.go ? `?${new URLSearchParams({ claims: 'delete', confirm: claims.word })}` : ''}`)
        : write('POST', `${path}/actions`, { body: { action } });
    },
    onSuccess: () => {
      onOpenChange(false);
      void client.invalidateQueries({ queryKey: ['deployments'] });
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={t(action === 'delete' ? 'delete.title' : 'cancel.title', { name: view.name })}
      note={t(action === 'delete' ? 'delete.note' : 'cancel.note')}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t(action === 'delete' ? 'common.keep' : 'cancel.goOn')}</Button>
          <Button
            look="danger"
            busy={remove.isPending}
            blocked={claims.go && claims.word !== view.name && t('delete.typeName')}
            onClick={() => remove.mutate()}
          >
            {t(action === 'delete' ? 'delete.confirm' : 'cancel.confirm')}
          </Button>
        </>
      }
    >
      <Loaded query={resources} skeleton={<SkeletonLines lines={6} />}>
        {(all) => {
          const there = all.filter((resource) => resource.phase !== 'gone' && resource.phase !== 'planned');
          const kinds = Map.groupBy(there, (resource) => resource.kind);
          const others = [...kinds].filter(([kind]) => !named.includes(kind));
          return there.length === 0 ? (
            <p className="text-sm text-ink-2">{t('delete.nothing')}</p>
          ) : (
            <ul className="divide-y divide-line text-sm">
              {named.flatMap((kind) => {
                const each = kinds.get(kind);
                return each ? (
                  <li key={kind} className="py-2.5">
                    <p className="font-medium text-ink">
                      {kindLabel(t, kind)} <span className="font-normal text-ink-3">× {each.length}</span>
                    </p>
                    <ul className="text-xs text-ink-2 [overflow-wrap:anywhere]">
                      {each.map(({ key, summary }) => (
                        <li key={key}>{said(summary)}</li>
                      ))}
                    </ul>
                  </li>
                ) : (
                  []
                );
              })}
              {others.length > 0 && (
                <li className="py-2.5">
                  <p className="font-medium text-ink">{t('delete.others')}</p>
                  <p className="text-xs text-ink-2">{others.map(([kind, each]) => `${kindLabel(t, kind)} × ${each.length}`).join(' · ')}</p>
                </li>
              )}
            </ul>
          );
        }}
      </Loaded>
      <ClusterMade view={view} claims={action === 'delete' ? claims : null} onClaims={setClaims} />
      <div className="mt-4 empty:hidden">
        <Refused error={remove.error} />
      </div>
    </Dialog>
  );
}
