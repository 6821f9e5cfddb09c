'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CirclePause, CirclePlay, Ellipsis, Hammer, ListRestart, type LucideIcon, RotateCcw, SquareTerminal } from 'lucide-react';
import { useState } from 'react';
import { write } from '@/components/api/client';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { ActionItem } from '@/components/ui/action-item';
import { Button, buttonClass } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Menu, MenuRule } from '@/components/ui/menu';
import type { DeploymentView, NodeView } from '@/lib/api/contract/deployments';
import { ConsoleDialog } from './console-dialog';

const actions = ['reboot', 'stop', 'start', 'configure', 'rebuild'] as const;
type Action = (typeof actions)[number];
const icons: Record<Action, LucideIcon> = {
  reboot: RotateCcw,
  stop: CirclePause,
  start: CirclePlay,
  configure: ListRestart,
  rebuild: Hammer,
};

/** What can be done with one node; what takes something away says what, and asks. */
export function NodeActions({ view, node }: { view: DeploymentView; node: NodeView }) {
  const t = useT();
  const client = useQueryClient();
  const [asking, setAsking] = useState<Action | null>(null);
  const [reading, setReading] = useState(false);
  const act = useMutation({
    mutationFn: (action: Action) =>
      write('POST', `/deployments/${encodeURIComponent(view.id)}/actions`, { body: { action, nodes: [node.key] } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['deployments'] }),
  });
  return (
    <>
      <Menu
        label={t('node.menu', { name: node.hostname })}
        icon={<Ellipsis aria-hidden />}
        buttonClass={buttonClass('ghost', 'px-2')}
        panelClass="w-72"
      >
        {(close) => (
          <>
            {actions.map((action) => (
              <ActionItem
                key={action}
                icon={icons[action]}
                label={t(`node.${action}`)}
                state={view.actions[action]}
                danger={action === 'rebuild'}
                onSelect={() => {
                  close();
                  if (action === 'start') act.mutate(action);
                  else setAsking(action);
                }}
              />
            ))}
            <MenuRule />
            <ActionItem
              icon={SquareTerminal}
              label={t('node.console')}
              state={{ allowed: true }}
              onSelect={() => {
                close();
                setReading(true);
              }}
            />
          </>
        )}
      </Menu>
      {reading && <ConsoleDialog deployment={view.id} node={node} onOpenChange={setReading} />}
      {asking && asking !== 'start' && (
        <Dialog
          open
          onOpenChange={() => setAsking(null)}
          title={t('node.sure', { what: t(`node.${asking}`), name: node.hostname })}
          note={t(`node.${asking}.note`)}
          footer={
            <>
              <Button onClick={() => setAsking(null)}>{t('common.cancel')}</Button>
              <Button
                look={asking === 'rebuild' ? 'danger' : 'primary'}
                onClick={() => {
                  setAsking(null);
                  act.mutate(asking);
                }}
              >
                {t(`node.${asking}`)}
              </Button>
            </>
          }
        >
          {null}
        </Dialog>
      )}
      <Dialog open={act.isError} onOpenChange={() => act.reset()} title={t('action.refused')}>
        <Refused error={act.error} />
      </Dialog>
    </>
  );
}
