'use client';

import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Dialog } from '@/components/ui/dialog';

/** Says why what was asked of a deployment did not happen. */
export function RefusedDialog({ error, onClose }: { error: Error; onClose: () => void }) {
  const t = useT();
  return (
    <Dialog open onOpenChange={onClose} title={t('action.refused')}>
      <Refused error={error} />
    </Dialog>
  );
}
