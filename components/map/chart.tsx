import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

/** The empty sea chart; the land comes from a file of its own, so it costs no script and is kept by the browser. */
export function Chart({ children, className }: { children?: ReactNode; className?: string }) {
  return (
    <svg viewBox="0 0 1200 560" className={cn('block w-full bg-sea', className)} aria-hidden="true">
      <use href="/map/atlantic.svg#graticule" fill="none" className="stroke-graticule" />
      <use href="/map/atlantic.svg#land" className="fill-land" />
      {children}
    </svg>
  );
}
