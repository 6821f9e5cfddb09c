'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, TextInput } from '@/components/ui/field';
import type { LeaseView } from '@/lib/api/contract/leases';
import { useLeaseAction, useLeaseChange, useLeaseDelete } from './use-lease-action';

interface LeaseDialogProps {
  lease: LeaseView;
  onClose: () => void;
}

/** A new name for a lease. */
export function RenameLease({ lease, onClose }: LeaseDialogProps) {
  const t = useT();
  const [name, setName] = useState(lease.name);
  const change = useLeaseChange(lease.id, onClose);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('lease.rename')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" busy={change.isPending} onClick={() => change.mutate({ name: name.trim() })}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <Field id="rename" label={t('leaseForm.name')}>
        <TextInput id="rename" maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Refused error={change.error} />
    </Dialog>
  );
}

/** Says what a repair may take with it, then has the site bring the lease in order, or another made in its place. */
export function RepairLease({ lease, onClose }: LeaseDialogProps) {
  const t = useT();
  const act = useLeaseAction(lease.id);
  const stands = lease.deployments.length > 0;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('leaseRepair.title', { name: lease.name })}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            look={stands ? 'danger' : 'primary'}
            busy={act.isPending}
            onClick={() => act.mutate({ action: 'repair', withDeployments: stands }, { onSuccess: onClose })}
          >
            {t('lease.repair')}
          </Button>
        </>
      }
    >
      <div className="space-y-3 text-sm text-ink-2">
        <p>{t('leaseRepair.note')}</p>
        {stands ? <Lost lease={lease} title={t('leaseRepair.lost')} /> : <p>{t('lease.nothingLost')}</p>}
        <Refused error={act.error} />
      </div>
    </Dialog>
  );
}

/** Says what goes with a lease, then deletes it. */
export function DeleteLease({ lease, onClose }: LeaseDialogProps) {
  const t = useT();
  const router = useRouter();
  const remove = useLeaseDelete(lease.id, () => {
    onClose();
    router.push('/leases?view=mine');
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('delete.title', { name: lease.name })}
      footer={
        <>
          <Button onClick={onClose}>{t('common.keep')}</Button>
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t('lease.deleteConfirm')}
          </Button>
        </>
      }
    >
      <div className="space-y-3 text-sm text-ink-2">
        <p>{t('lease.deleteNote')}</p>
        <Lost lease={lease} />
        <Refused error={remove.error} />
      </div>
    </Dialog>
  );
}

/** What ends with a lease. */
export function Lost({ lease, title }: { lease: LeaseView; title?: string }) {
  const t = useT();
  if (lease.deployments.length === 0) return <p>{t('lease.nothingLost')}</p>;
  return (
    <div>
      <p className="font-medium text-ink">{title ?? t('lease.lost')}</p>
      <ul className="mt-1 list-disc pl-5">
        {lease.deployments.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
    </div>
  );
}

/** Why something was not done. */
export function RefusedDialog({ error, onClose }: { error: Error | null; onClose: () => void }) {
  const t = useT();
  return (
    <Dialog open={error !== null} onOpenChange={onClose} title={t('lease.refused')}>
      <Refused error={error} />
    </Dialog>
  );
}
