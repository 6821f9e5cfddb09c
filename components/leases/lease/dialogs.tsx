'use client';

import type { LucideIcon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Dialog } from '@/components/ui/dialog';
import { Field, TextInput } from '@/components/ui/field';
import { menuItem } from '@/components/ui/menu';
import type { LeaseView } from '@/lib/api/contract/leases';
import { useLeaseChange, useLeaseDelete } from './use-lease-action';

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
export function Lost({ lease }: { lease: LeaseView }) {
  const t = useT();
  if (lease.deployments.length === 0) return <p>{t('lease.nothingLost')}</p>;
  return (
    <div>
      <p className="font-medium text-ink">{t('lease.lost')}</p>
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

interface ActionItemProps {
  icon: LucideIcon;
  label: string;
  state: { allowed: boolean; reason?: string } | undefined;
  danger?: boolean;
  onSelect: () => void;
}

/** A line of the menu; what can't be done now says why. */
export function ActionItem({ icon: Icon, label, state, danger = false, onSelect }: ActionItemProps) {
  const allowed = state?.allowed ?? false;
  return (
    <button
      type="button"
      role="menuitem"
      aria-disabled={!allowed || undefined}
      onClick={allowed ? onSelect : undefined}
      className={cn(menuItem, 'items-start py-2', danger && 'text-bad [&_svg]:text-bad', !allowed && 'cursor-not-allowed text-ink-3')}
    >
      <Icon aria-hidden className="mt-0.5" />
      <span>
        {label}
        {!allowed && state?.reason && <span className="block text-xs text-ink-2">{state.reason}</span>}
      </span>
    </button>
  );
}
