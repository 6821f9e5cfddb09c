'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  CirclePause,
  CirclePlay,
  CircleStop,
  CopyPlus,
  Ellipsis,
  KeyRound,
  ListRestart,
  type LucideIcon,
  MapPin,
  RotateCcw,
  RotateCw,
  SlidersHorizontal,
  Trash2,
} from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { write } from '@/components/api/client';
import { useT } from '@/components/messages/provider';
import { linkLike } from '@/components/shared/link-like';
import { Button, buttonClass } from '@/components/ui/button';
import { ActionItem } from '@/components/ui/controls/action-item';
import { Menu, MenuRule, menuItem } from '@/components/ui/controls/menu';
import { Link } from '@/components/ui/link';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import type { Asking } from './ask-dialog';

const AskDialog = dynamic(() => import('./ask-dialog').then((module) => module.AskDialog), { ssr: false });
const OtherCredential = dynamic(() => import('./other-credential').then((module) => module.OtherCredential), { ssr: false });
const RefusedDialog = dynamic(() => import('./refused-dialog').then((module) => module.RefusedDialog), { ssr: false });
const DeleteDialog = dynamic(() => import('./delete-dialog').then((module) => module.DeleteDialog), { ssr: false });

const actions = ['retry', 'start', 'stop', 'reboot', 'configure', 'cancel'] as const;
type Action = (typeof actions)[number];
const icons: Record<Action, LucideIcon> = {
  retry: RotateCw,
  start: CirclePlay,
  stop: CirclePause,
  reboot: RotateCcw,
  configure: ListRestart,
  cancel: CircleStop,
};
/** Retry and start take nothing away. */
const asksFirst = (action: Action): action is Asking => action === 'stop' || action === 'reboot' || action === 'configure';
const upFront: Partial<Record<DeploymentView['state'], Action>> = { failed: 'retry', degraded: 'retry', stopped: 'start' };

/** What can be done with the deployment; what cannot says why. */
export function Actions({ view }: { view: DeploymentView }) {
  const t = useT();
  const client = useQueryClient();
  const [deleting, setDeleting] = useState<'delete' | 'cancel' | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [swapping, setSwapping] = useState(false);
  const act = useMutation({
    mutationFn: (action: Action) => write('POST', `/deployments/${encodeURIComponent(view.id)}/actions`, { body: { action } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['deployments'] }),
  });
  const first = upFront[view.state];
  const FirstIcon = first && icons[first];
  return (
    <>
      {first && FirstIcon && view.actions[first]?.allowed && (
        <Button look="primary" busy={act.isPending && act.variables === first} onClick={() => act.mutate(first)}>
          <FirstIcon aria-hidden />
          {t(`action.${first}`)}
        </Button>
      )}
      {view.actions.change?.allowed && (
        <Link href={`/deployments/${encodeURIComponent(view.id)}/change`} className={buttonClass('secondary')}>
          <SlidersHorizontal aria-hidden />
          {t('action.change')}
        </Link>
      )}
      {view.state === 'deleted' && (
        <Link href={linkLike(view, false)} className={buttonClass('secondary')}>
          <CopyPlus aria-hidden />
          {t('action.again')}
        </Link>
      )}
      {view.state !== 'deleted' && (
        <Menu label={t('action.menu')} icon={<Ellipsis aria-hidden />} buttonClass={buttonClass('secondary', 'px-2.5')} panelClass="w-72">
          {(close) => (
            <>
              {/* what is not under way can't be cancelled, and needs no word on it */}
              {actions
                .filter((action) => action !== 'cancel' || view.actions.cancel?.allowed)
                .map((action) => (
                  <ActionItem
                    key={action}
                    icon={icons[action]}
                    label={t(action === 'cancel' && view.updating ? 'action.undo' : `action.${action}`)}
                    state={view.actions[action]}
                    onSelect={() => {
                      close();
                      if (action === 'cancel' && view.updating) setAsking(action);
                      else if (action === 'cancel') setDeleting(action);
                      else if (asksFirst(action)) setAsking(action);
                      else act.mutate(action);
                    }}
                  />
                ))}
              <ActionItem
                icon={KeyRound}
                label={t('action.otherCredential')}
                state={{ allowed: true }}
                onSelect={() => {
                  close();
                  setSwapping(true);
                }}
              />
              <MenuRule />
              {[false, true].map((elsewhere) => (
                <Link key={String(elsewhere)} href={linkLike(view, elsewhere)} role="menuitem" onClick={close} className={menuItem}>
                  {elsewhere ? <MapPin aria-hidden /> : <CopyPlus aria-hidden />}
                  {t(elsewhere ? 'action.elsewhere' : 'action.again')}
                </Link>
              ))}
              <MenuRule />
              <ActionItem
                icon={Trash2}
                danger
                label={t('action.delete')}
                state={view.actions.delete}
                onSelect={() => {
                  close();
                  setDeleting('delete');
                }}
              />
            </>
          )}
        </Menu>
      )}
      {swapping && <OtherCredential view={view} onOpenChange={setSwapping} />}
      {deleting && <DeleteDialog view={view} action={deleting} onOpenChange={() => setDeleting(null)} />}
      {asking && <AskDialog view={view} action={asking} onOpenChange={() => setAsking(null)} onSure={() => act.mutate(asking)} />}
      {act.isError && <RefusedDialog error={act.error} onClose={() => act.reset()} />}
    </>
  );
}
