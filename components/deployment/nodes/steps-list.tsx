'use client';

import { useLanguage } from '@/components/messages/provider';
import { type Tone, ToneIcon } from '@/components/ui/tone';
import type { NodeView } from '@/lib/api/contract/deployments';

const tones: Record<NodeView['steps'][number]['state'], Tone> = { waiting: 'waiting', running: 'busy', done: 'ok', failed: 'bad' };

/** What a node does to become what it shall be, step by step. */
export function Steps({ node }: { node: NodeView }) {
  const { t, said, format } = useLanguage();
  if (node.steps.length === 0) return null;
  return (
    <ol className="space-y-1.5 text-xs">
      {node.steps.map((step) => {
        const spent = step.startedAt && step.endedAt ? (Date.parse(step.endedAt) - Date.parse(step.startedAt)) / 1000 : null;
        return (
          <li key={step.name} className="flex items-start gap-2 text-ink-2">
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
          </li>
        );
      })}
    </ol>
  );
}
