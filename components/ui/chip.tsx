import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

/** A small word about something. */
export function Tag({ children, className }: { children: ReactNode; className?: string }) {
  return <span className={cn('inline-flex items-center rounded-md bg-sunken px-2 py-0.5 text-xs text-ink-2', className)}>{children}</span>;
}

/** A filter that is on or off. */
export function FilterChip({ on, className, ...rest }: ComponentProps<'button'> & { on: boolean }) {
  return (
    <button
      {...rest}
      type="button"
      aria-pressed={on}
      className={cn(
        'inline-flex min-h-8 items-center gap-1.5 rounded-full border px-3 text-xs font-medium transition-colors',
        on ? 'border-accent bg-accent-soft text-accent' : 'border-line bg-surface text-ink-2 hover:bg-hover',
        className,
      )}
    />
  );
}
