'use client';

import { ChevronRight } from 'lucide-react';
import { useLanguage } from '@/components/messages/provider';
import { later } from '@/components/ui/later';
import { ToneIcon } from '@/components/ui/tone';
import { Gantt } from './gantt';
import { type Entry, type Span, secondsOf, triesOf, turnsOf } from './timeline';

const EntryDetails = later(() => import('./entry-details').then((module) => module.EntryDetails));

/** A resource or node of the timeline; opened, its calls or steps. */
export function EntryRow({ id, entry, whole }: { id: string; entry: Entry; whole: Span | undefined }) {
  const { t, said, format } = useLanguage();
  const { resource, node } = entry;
  const spent = secondsOf([entry]);
  return (
    <li>
      <details open={entry.tone === 'bad'} className="group">
        <summary className="flex min-h-9 list-none items-center gap-2.5 px-4 py-1.5 text-sm -outline-offset-2 hover:bg-hover sm:pr-5 sm:pl-8 [&::-webkit-details-marker]:hidden">
          <ToneIcon tone={entry.tone} />
          <span className="min-w-0 flex-1">
            <span className="text-ink [overflow-wrap:anywhere]">{resource ? said(resource.summary) : node?.hostname}</span>
            <span className="ml-2 text-xs text-ink-3">
              {resource && t(`phase.${resource.phase}`)}
              {node && t(`nodeState.${node.state}`)}
              {resource && triesOf(resource) > 1 && ` · ${t('timeline.attempts', { count: triesOf(resource) })}`}
            </span>
          </span>
          {spent !== null && <span className="text-xs text-ink-3 tabular-nums">{format.duration(spent)}</span>}
          <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-3 transition-transform group-open:rotate-90" />
        </summary>
        {whole && <Gantt whole={whole} turns={turnsOf([entry], whole.until)} tone={entry.tone} />}
        <EntryDetails id={id} entry={entry} whole={whole} />
      </details>
    </li>
  );
}
