import { cn } from './cn';
import { Fixed, upTo } from './fixed';

/** The place of something that is still being read. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block animate-breathe rounded-md bg-hover', className)} />;
}

/** As many lines as the content will about have, so that nothing moves when it comes. */
export function SkeletonLines({ lines, className }: { lines: number; className?: string }) {
  return (
    <div className={cn('space-y-3', className)}>
      <Fixed items={upTo(lines)}>{(line) => <Skeleton className={cn('h-4', line % 3 === 2 ? 'w-1/2' : 'w-full')} />}</Fixed>
    </div>
  );
}
