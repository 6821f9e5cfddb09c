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

/** When something was under way, as a bar in the time of the whole. Its length stands in words beside it. */
export function Gantt({ whole, span, tone }: { whole: Span; span: Span | undefined; tone: Tone }) {
  if (!span) return null;
  const { left, width } = barIn(whole, span);
  return (
    <span aria-hidden className="relative mx-4 mb-1.5 block h-1 overflow-hidden rounded-full bg-hover sm:mx-5">
      <span
        className={cn('absolute inset-y-0 min-w-1 rounded-full', colours[tone])}
        style={{ left: `${Math.min(left * 100, 99).toFixed(2)}%`, width: `${(width * 100).toFixed(2)}%` }}
      />
    </span>
  );
}
