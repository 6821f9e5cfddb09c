import type { ReactNode } from 'react';
import { cn } from './cn';

/** The frame of a page's content. */
export function Page({ wide = false, className, children }: { wide?: boolean; className?: string; children: ReactNode }) {
  return <div className={cn('mx-auto w-full px-4 py-6 sm:px-6 sm:py-8', wide ? 'max-w-[90rem]' : 'max-w-6xl', className)}>{children}</div>;
}

/** The page's title, one line about it, and its actions. */
export function PageTitle({ title, note, actions, above }: { title: ReactNode; note?: ReactNode; actions?: ReactNode; above?: ReactNode }) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div className="min-w-0">
        {above}
        <h1 className="text-2xl font-semibold tracking-tight text-ink [overflow-wrap:anywhere]">{title}</h1>
        {note && <div className="mt-1 max-w-2xl text-sm text-ink-2">{note}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
