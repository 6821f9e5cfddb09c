'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  CircleCheck,
  CirclePause,
  CirclePlay,
  Droplets,
  Ellipsis,
  Hammer,
  ListRestart,
  type LucideIcon,
  RotateCcw,
  SquareTerminal,
} from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { write } from '@/components/api/client';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button, buttonClass } from '@/components/ui/button';
import { ActionItem } from '@/components/ui/controls/action-item';
import { Menu, MenuRule } from '@/components/ui/controls/menu';
import { Dialog } from '@/components/ui/dialog';
import type { DeploymentView, NodeView } from '@/lib/api/contract/deployments';
import { WorkChoice } from '../change/work-choice';

const ConsoleDialog = dynamic(() => import('./console-dialog').then((module) => module.ConsoleDialog), { ssr: false });

const actions = ['reboot', 'stop', 'start', 'drain', 'resume', 'configure', 'rebuild'] as const;
type Action = (typeof actions)[number];
const icons: Record<Action, LucideIcon> = {
  reboot: RotateCcw,
  stop: CirclePause,
  start: CirclePlay,
  drain: Droplets,
  resume: CircleCheck,
  configure: ListRestart,
  rebuild: Hammer,
};

/** Seen to as a change of the deployment is. */
const ofChange = (action: Action): action is 'drain' | 'resume' => action === 'drain' || action === 'resume';
/** Takes nothing away. */
const isGentle = (action: Action): action is 'start' | 'resume' => action === 'start' || action === 'resume';

/** What can be done with one node; what takes something away says what, and asks. */
export function NodeActions({ view, node }: { view: DeploymentView; node: NodeView }) {
  const t = useT();
  const client = useQueryClient();
  const [asking, setAsking] = useState<Action | null>(null);
  // who is drained takes work again, and is not drained twice
  const offered = actions.filter((action) => !ofChange(action) || (node.drains && (action === 'drain') === (node.drainedAt === null)));
  const [jobs, setJobs] = useState<'finish' | 'requeue'>('finish');
  const [reading, setReading] = useState(false);
  const act = useMutation({
    mutationFn: (action: Action) =>
      write('POST', `/deployments/${encodeURIComponent(view.id)}/actions`, { body: { action, nodes: [node.key], jobs } }),
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
            {offered.map((action) => (
              <ActionItem
                key={action}
                icon={icons[action]}
                label={t(`node.${action}`)}
                state={view.actions[ofChange(action) ? 'change' : action]}
                danger={action === 'rebuild'}
                onSelect={() => {
                  close();
                  if (isGentle(action)) act.mutate(action);
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
      {asking && !isGentle(asking) && (
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
          {asking === 'drain' && <WorkChoice jobs={jobs} onChange={setJobs} />}
        </Dialog>
      )}
      <Dialog open={act.isError} onOpenChange={() => act.reset()} title={t('action.refused')}>
        <Refused error={act.error} />
      </Dialog>
    </>
  );
}
