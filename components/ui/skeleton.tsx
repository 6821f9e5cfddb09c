import { cn } from './cn';

/** The place of something that is still being read. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block animate-breathe rounded-md bg-hover', className)} />;
}

/** As many lines as the content will about have, so that nothing moves when it comes. */
export function SkeletonLines({ lines, className }: { lines: number; className?: string }) {
  return (
    <div className={cn('space-y-3', className)}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <Skeleton key={line} className={cn('h-4', line % 3 === 2 ? 'w-1/2' : 'w-full')} />
      ))}
    </div>
  );
}
