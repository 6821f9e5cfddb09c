'use client';

import { useMutation } from '@tanstack/react-query';
import { MonitorUp } from 'lucide-react';
import { write } from '@/components/api/client';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button, buttonClass } from '@/components/ui/button';
import type { NodeView } from '@/lib/api/contract/deployments';
import type { RemoteConsoleView } from '@/lib/api/contract/history';

/** Opens a machine's screen and keyboard at its site, where that gives such a console; else says why not. What opens it is kept while this is shown only. */
export function ScreenButton({ deployment, node }: { deployment: string; node: NodeView }) {
  const t = useT();
  const screen = useMutation({
    mutationFn: () =>
      write<RemoteConsoleView>('POST', `/deployments/${encodeURIComponent(deployment)}/remote-console`, { body: { node: node.key } }),
    gcTime: 0,
  });
  return (
    <div className="mb-3 space-y-2 text-sm">
      {screen.data ? (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <a href={screen.data.url} target="_blank" rel="noopener noreferrer" className={buttonClass('primary')}>
            <MonitorUp aria-hidden className="size-4" />
            {t('node.screenOpen')}
          </a>
          <span className="text-ink-2">{t('node.screenNote')}</span>
        </p>
      ) : (
        <Button busy={screen.isPending} onClick={() => screen.mutate()}>
          {t('node.screen')}
        </Button>
      )}
      <Refused error={screen.error} />
    </div>
  );
}
