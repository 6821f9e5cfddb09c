'use client';

import { Ellipsis, HandHelping, PencilLine, Trash2, Wrench } from 'lucide-react';
import { useState } from 'react';
import { useT } from '@/components/messages/provider';
import { Button, buttonClass } from '@/components/ui/button';
import { ActionItem } from '@/components/ui/controls/action-item';
import { Menu, MenuRule } from '@/components/ui/controls/menu';
import { Link } from '@/components/ui/link';
import { Status } from '@/components/ui/tone';
import type { LeaseView } from '@/lib/api/contract/leases';
import { hasBegun, isMoving, isOver, toneOfLease } from '../states';
import { whatWords } from '../what';
import { DeployMenu } from './deploy-menu';
import { DeleteLease, RefusedDialog, RenameLease, RepairLease } from './dialogs';
import { useLeaseAction } from './use-lease-action';

/** Name, state in words, what comes next, and what can be done. */
export function LeaseHeader({ lease }: { lease: LeaseView }) {
  const t = useT();
  const [dialog, open] = useState<'rename' | 'delete' | 'repair' | null>(null);
  const act = useLeaseAction(lease.id);
  const close = () => open(null);
  return (
    <header className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
      <div className="min-w-0 flex-1 basis-60">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <h1 className="text-2xl font-semibold tracking-tight text-ink [overflow-wrap:anywhere]">{lease.name}</h1>
          <span role="status">
            <Status tone={toneOfLease(lease.status)} pill>
              {t(`leaseStatus.${lease.status}`)}
            </Status>
          </span>
        </div>
        <p className="mt-1.5 text-sm text-ink-2">
          {nextWords(lease, t)}
          <span className="text-ink-3">
            {' · '}
            <Link href={`/sites/${encodeURIComponent(lease.site)}`} className="text-accent underline">
              {lease.siteName}
            </Link>{' '}
            · {whatWords(t, lease.reservations).join(', ')}
          </span>
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {lease.actions['take-over']?.allowed && (
          <Button look="primary" busy={act.isPending} onClick={() => act.mutate({ action: 'take-over' })}>
            <HandHelping aria-hidden />
            {t('lease.takeOver')}
          </Button>
        )}
        {lease.actions.repair?.allowed && lease.status === 'ERROR' && (
          <Button look="primary" onClick={() => open('repair')}>
            <Wrench aria-hidden />
            {t('lease.repair')}
          </Button>
        )}
        {!isOver(lease) && lease.status !== 'ERROR' && (
          <DeployMenu lease={lease.id} look={lease.actions['take-over']?.allowed ? 'secondary' : 'primary'} />
        )}
        <Menu label={t('action.menu')} icon={<Ellipsis aria-hidden />} buttonClass={buttonClass('secondary', 'px-2.5')} panelClass="w-72">
          {(shut) => (
            <>
              <ActionItem
                icon={PencilLine}
                label={t('lease.rename')}
                state={lease.actions.rename}
                onSelect={() => {
                  shut();
                  open('rename');
                }}
              />
              <ActionItem
                icon={Wrench}
                label={t('lease.repair')}
                state={lease.actions.repair}
                onSelect={() => {
                  shut();
                  open('repair');
                }}
              />
              <MenuRule />
              <ActionItem
                icon={Trash2}
                danger
                label={t('lease.delete')}
                state={lease.actions.delete}
                onSelect={() => {
                  shut();
                  open('delete');
                }}
              />
            </>
          )}
        </Menu>
      </div>
      {dialog === 'rename' && <RenameLease lease={lease} onClose={close} />}
      {dialog === 'repair' && <RepairLease lease={lease} onClose={close} />}
      {dialog === 'delete' && <DeleteLease lease={lease} onClose={close} />}
      <RefusedDialog error={act.error} onClose={() => act.reset()} />
    </header>
  );
}

function nextWords(lease: LeaseView, t: ReturnType<typeof useT>): string {
  if (isOver(lease)) return t('leaseNext.over');
  if (lease.status === 'ERROR') return t('leaseNext.error');
  if (isMoving(lease)) return t('leaseNext.moving');
  if (!hasBegun(lease))
    return lease.deployments.length > 0
      ? t('leaseNext.waiting', { names: lease.deployments.map(({ name }) => name).join(', ') })
      : t('leaseNext.pending');
  return lease.deployments.length > 0 ? t('leaseNext.used') : t('leaseNext.idle');
}
