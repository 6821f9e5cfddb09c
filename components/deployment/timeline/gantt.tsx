import { cn } from '@/components/ui/cn';
import type { Tone } from '@/components/ui/tone';
import { barIn, type Span } from './timeline';

const colours: Record<Tone, string> = {
  ok: 'bg-ok',
  bad: 'bg-bad',
  warn: 'bg-warn',
  busy: 'bg-accent',
  waiting: 'bg-line-strong',
  idle: 'bg-line-strong',
};

/** When something was under way, as bars in the time of the whole. How long it was stands in words beside it. */
export function Gantt({ whole, turns, tone, className }: { whole: Span; turns: readonly Span[]; tone: Tone; className?: string }) {
  if (turns.length === 0) return null;
  return (
    <span aria-hidden className={cn('relative mx-4 mb-1.5 block h-1 overflow-hidden rounded-full bg-hover sm:mx-5', className)}>
      {turns.map((turn) => {
        const { left, width } = barIn(whole, turn);
        return (
          <span
            key={turn.from}
            className={cn('absolute inset-y-0 min-w-1 rounded-full', colours[tone])}
            style={{ left: `${Math.min(left * 100, 99).toFixed(2)}%`, width: `${(width * 100).toFixed(2)}%` }}
          />
        );
      })}
    </span>
  );
}
