import { AlertTriangle, CircleCheck, CircleDashed, CirclePause, CircleX, LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

/** How something is, whatever it is. Each has a colour, an icon and stands beside a word. */
export type Tone = 'ok' | 'busy' | 'warn' | 'bad' | 'idle' | 'waiting';

const icons: Record<Tone, LucideIcon> = {
  ok: CircleCheck,
  busy: LoaderCircle,
  warn: AlertTriangle,
  bad: CircleX,
  idle: CirclePause,
  waiting: CircleDashed,
};
const colours: Record<Tone, string> = {
  ok: 'text-ok',
  busy: 'text-accent',
  warn: 'text-warn',
  bad: 'text-bad',
  idle: 'text-ink-2',
  waiting: 'text-ink-3',
};
const softs: Record<Tone, string> = {
  ok: 'bg-ok-soft',
  busy: 'bg-accent-soft',
  warn: 'bg-warn-soft',
  bad: 'bg-bad-soft',
  idle: 'bg-sunken',
  waiting: 'bg-sunken',
};

export function ToneIcon({ tone, className }: { tone: Tone; className?: string }) {
  const Icon = icons[tone];
  return <Icon aria-hidden className={cn('size-4 shrink-0', colours[tone], tone === 'busy' && 'animate-turn', className)} />;
}

/** Icon, word and colour of a state. */
export function Status({ tone, pill = false, children }: { tone: Tone; pill?: boolean; children: ReactNode }) {
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1.5 text-sm font-medium whitespace-nowrap',
        colours[tone],
        pill && ['rounded-full px-2.5 py-0.5', softs[tone]],
      )}
    >
      <ToneIcon tone={tone} />
      {children}
    </span>
  );
}

/** A strip that tells something, in the colour of its tone. */
export function Notice({ tone, title, children, action }: { tone: Tone; title?: ReactNode; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={cn('flex gap-3 rounded-lg px-4 py-3 text-sm', softs[tone])}>
      <ToneIcon tone={tone} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium text-ink">{title}</p>}
        {children && <div className="text-ink-2 [overflow-wrap:anywhere]">{children}</div>}
        {action && <div className="mt-2.5 flex flex-wrap gap-2">{action}</div>}
      </div>
    </div>
  );
}
