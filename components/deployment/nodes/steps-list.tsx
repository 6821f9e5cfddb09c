'use client';

import { useLanguage } from '@/components/messages/provider';
import { type Tone, ToneIcon } from '@/components/ui/tone';
import type { NodeView } from '@/lib/api/contract/deployments';
import { Gantt } from '../timeline/gantt';
import { type Span, turnOfStep } from '../timeline/timeline';

const tones: Record<NodeView['steps'][number]['state'], Tone> = { waiting: 'waiting', running: 'busy', done: 'ok', failed: 'bad' };

/** What a node does to become what it shall be, step by step; in the time of the `whole`, where that is given, each with a bar. */
export function Steps({ node, whole }: { node: NodeView; whole?: Span }) {
  const { t, said, format } = useLanguage();
  if (node.steps.length === 0) return null;
  return (
    <ol className="space-y-1.5 text-xs">
      {node.steps.map((step) => {
        const spent = step.startedAt && step.endedAt ? (Date.parse(step.endedAt) - Date.parse(step.startedAt)) / 1000 : null;
        const turn = whole && turnOfStep(step, whole.until);
        return (
          <li key={step.name} className="text-ink-2">
            <div className="flex items-start gap-2">
              <ToneIcon tone={tones[step.state]} className="mt-px size-3.5" />
              <span className="min-w-0 flex-1">
                {said(step.title)}
                <span className="sr-only"> · {t(`step.${step.state}`)}</span>
                {step.attempt > 1 && <span className="text-ink-3"> · {t('timeline.attempt', { number: step.attempt })}</span>}
                {step.exitCode !== undefined && step.exitCode !== 0 && (
                  <span className="text-bad"> · {t('timeline.exit', { code: step.exitCode })}</span>
                )}
              </span>
              {spent !== null && <span className="text-ink-3 tabular-nums">{format.duration(spent)}</span>}
            </div>
            {whole && turn && <Gantt whole={whole} turns={[turn]} tone={tones[step.state]} className="mx-0 mt-1 mb-0 sm:mx-0" />}
          </li>
        );
      })}
    </ol>
  );
}
