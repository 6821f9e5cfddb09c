'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { deploymentQueries } from '@/components/deployments/queries';
import { useLanguage } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { useNow } from '@/components/ui/time';
import { ToneIcon } from '@/components/ui/tone';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import { Gantt } from './gantt';
import { type Span, type Stage, secondsOf, stageToOpen, timeline, turnsOf, wholeOf } from './timeline';
import { EntryRow } from './timeline-entry';

/** What has been done, is being done and will be: stage, then resource, then call. Opens itself where it failed. */
export function Timeline({ view }: { view: DeploymentView }) {
  const { t } = useLanguage();
  const resources = useQuery(deploymentQueries.resources(view.id));
  const nodes = useQuery(deploymentQueries.nodes(view.id)).data;
  const events = useQuery(deploymentQueries.events(view.id)).data;
  const stages = useMemo(() => timeline(resources.data ?? [], nodes ?? [], events ?? []), [resources.data, nodes, events]);
  return (
    <Section id="timeline" title={t('timeline.title')}>
      <Loaded query={resources} skeleton={<SkeletonLines lines={6} className="p-5" />}>
        {() =>
          stages.length === 0 ? <p className="p-5 text-sm text-ink-2">{t('timeline.none')}</p> : <Stages stages={stages} id={view.id} />
        }
      </Loaded>
    </Section>
  );
}

function Stages({ stages, id }: { stages: Stage[]; id: string }) {
  const [choices, setChoices] = useState<Record<string, boolean>>({});
  const opened = stageToOpen(stages);
  const whole = wholeOf(
    stages.flatMap(({ entries }) => entries),
    useNow(5),
  );
  return (
    <ol className="divide-y divide-line">
      {stages.map((stage) => (
        <StageItem
          key={stage.name}
          id={id}
          stage={stage}
          whole={whole}
          open={choices[stage.name] ?? stage === opened}
          onToggle={(open) => setChoices((now) => ({ ...now, [stage.name]: open }))}
        />
      ))}
    </ol>
  );
}

interface StageItemProps {
  id: string;
  stage: Stage;
  whole: Span | undefined;
  open: boolean;
  onToggle: (open: boolean) => void;
}

function StageItem({ id, stage, whole, open, onToggle }: StageItemProps) {
  const { t, format } = useLanguage();
  const panel = `stage-${stage.name}`;
  const spent = secondsOf(stage.entries);
  return (
    <li>
      <h3>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={panel}
          onClick={() => onToggle(!open)}
          className="flex min-h-12 w-full items-center gap-3 px-4 text-left text-sm -outline-offset-2 hover:bg-hover sm:px-5"
        >
          <ToneIcon tone={stage.tone} className="size-5" />
          <span className="font-medium text-ink">{t(`stage.${stage.name}`)}</span>
          <span className="text-xs text-ink-3 tabular-nums">
            {t('deployment.doneOf', { done: stage.done, total: stage.total })}
            <span className="sr-only"> · {t(`tone.${stage.tone}`)}</span>
          </span>
          {spent !== null && <span className="ml-auto text-xs text-ink-3 tabular-nums">{format.duration(spent)}</span>}
          <ChevronRight
            aria-hidden
            className={cn('size-4 shrink-0 text-ink-3 transition-transform', spent === null && 'ml-auto', open && 'rotate-90')}
          />
        </button>
        {whole && <Gantt whole={whole} turns={turnsOf(stage.entries, whole.until)} tone={stage.tone} />}
      </h3>
      <ul id={panel} hidden={!open} className="border-t border-line bg-sunken/60 py-1">
        {open && stage.entries.map((entry) => <EntryRow key={entry.key} id={id} entry={entry} whole={whole} />)}
      </ul>
    </li>
  );
}
