'use client';

import { useQuery } from '@tanstack/react-query';
import { get } from '@/components/api/client';
import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { NodeView } from '@/lib/api/contract/deployments';
import type { ConsoleView } from '@/lib/api/contract/history';
import { ScreenButton } from './screen-button';

interface ConsoleDialogProps {
  deployment: string;
  node: NodeView;
  onOpenChange: (open: boolean) => void;
}

/** The end of a machine's console, as its site has it: what there is to see where nothing else answers. */
export function ConsoleDialog({ deployment, node, onOpenChange }: ConsoleDialogProps) {
  const t = useT();
  const query = useQuery({
    queryKey: ['console', deployment, node.key],
    queryFn: ({ signal }) => get<ConsoleView>(`/deployments/${encodeURIComponent(deployment)}/console`, { node: node.key }, signal),
    retry: false,
    gcTime: 0,
  });
  return (
    <Dialog
      open
      wide
      onOpenChange={onOpenChange}
      title={t('node.consoleOf', { name: node.hostname })}
      footer={
        <Button busy={query.isFetching} onClick={() => void query.refetch()}>
          {t('node.consoleAgain')}
        </Button>
      }
    >
      <ScreenButton deployment={deployment} node={node} />
      <Loaded query={query} skeleton={<SkeletonLines lines={10} />}>
        {({ text, cut }) => (
          <>
            {cut && <p className="mb-2 text-sm text-ink-2">{t('node.consoleCut')}</p>}
            <pre className="overflow-x-auto rounded-lg bg-sunken p-3 font-mono text-xs whitespace-pre text-ink">
              {text || t('node.consoleEmpty')}
            </pre>
          </>
        )}
      </Loaded>
    </Dialog>
  );
}
