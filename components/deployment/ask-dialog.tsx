'use client';

import { useQuery } from '@tanstack/react-query';
import { deploymentQueries } from '@/components/deployments/queries';
import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { DeploymentView } from '@/lib/api/contract/deployments';

/** What ends something that runs, though nothing is deleted by it. */
export type Asking = 'stop' | 'reboot' | 'configure' | 'cancel';

interface AskDialogProps {
  view: DeploymentView;
  action: Asking;
  onOpenChange: (open: boolean) => void;
  onSure: () => void;
}

/** Says what an action does to what, and asks. */
export function AskDialog({ view, action, onOpenChange, onSure }: AskDialogProps) {
  const t = useT();
  const nodes = useQuery(deploymentQueries.nodes(view.id)).data ?? [];
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={t(`ask.${action}.title`, { name: view.name })}
      note={t(`ask.${action}.note`)}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('common.cancel')}</Button>
          <Button
            look="primary"
            onClick={() => {
              onOpenChange(false);
              onSure();
            }}
          >
            {t(action === 'cancel' ? 'action.undo' : `action.${action}`)}
          </Button>
        </>
      }
    >
      {action !== 'cancel' && (
        <>
          <p className="text-sm font-medium text-ink">{t('ask.nodes', { count: view.nodes.total })}</p>
          <ul className="mt-1 text-sm text-ink-2 [overflow-wrap:anywhere]">
            {nodes.slice(0, 10).map(({ key, hostname }) => (
              <li key={key}>{hostname}</li>
            ))}
            {nodes.length > 10 && <li>{t('ask.more', { count: nodes.length - 10 })}</li>}
          </ul>
        </>
      )}
      {action === 'stop' && view.leaseEndsAt !== null && <p className="mt-3 text-sm text-ink-2">{t('ask.stop.lease')}</p>}
    </Dialog>
  );
}
