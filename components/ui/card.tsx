import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

/** A raised area of the page. */
export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return <div {...rest} className={cn('rounded-card border border-line bg-surface shadow-card', className)} />;
}

interface SectionProps {
  id?: string;
  title: ReactNode;
  /** beside the title, at the end of the line */
  aside?: ReactNode;
  /** one line below the title */
  note?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A card with a heading. */
export function Section({ id, title, aside, note, className, children }: SectionProps) {
  return (
    <Card className={cn('min-w-0', className)}>
      <section id={id} aria-labelledby={id && `${id}-title`}>
        <header className="flex min-h-13 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-2.5 sm:px-5">
          <div className="min-w-0">
            <h2 id={id && `${id}-title`} className="text-sm font-semibold text-ink">
              {title}
            </h2>
            {note && <p className="text-xs text-ink-3">{note}</p>}
          </div>
          {aside}
        </header>
        {children}
      </section>
    </Card>
  );
}
