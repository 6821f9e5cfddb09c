import type { OscarService } from '@/lib/oscar/types';
import type { KeptDrain, KeptHeld } from '@/lib/store/rows/pair';

/** How the origin's service is: it hands on what waits too long, it hands nothing on, or it hands on everything that comes. */
export type Shape = 'whole' | 'closed' | 'away';

/** How it is to be. A worker that does not answer is never handed anything, whoever is drained. Pure. */
export function wantedShape({ out, drain }: { out: boolean; drain: Pick<KeptDrain, 'side'> | null }): Shape {
  if (out || drain?.side === 'worker') return 'closed';
  return drain ? 'away' : 'whole';
}

/** How it is, as its cluster says; `mixed`: a change of it was cut off. Pure. @param worker OSCAR's name of the other cluster */
export function shapeOf(there: Pick<OscarService, 'cpu' | 'sharing'>, worker: string, held: KeptHeld | null): Shape | 'mixed' {
  const away = held !== null && Number(there.cpu) === Number(held.awayCpu);
  const open = there.sharing.members.some(({ clusterId }) => clusterId === worker);
  if (!open) return away ? 'mixed' : 'closed';
  return away ? 'away' : 'whole';
}

/** Whether its cluster has to be asked at all. Pure. @param pair.shape what was last begun there */
export const isDue = (pair: { shape: Shape; settled: boolean }, wanted: Shape): boolean => pair.shape !== wanted || !pair.settled;

/**
 * What is to be done with the origin's service. `settle`: nothing, it is as it is to be; or somebody else took the worker out, and what Transat did not do it does
 * not take back. Pure.
 * @param pair.shape what was last begun there, also by whoever died at it
 */
export function nextStep(pair: { shape: Shape }, wanted: Shape, seen: Shape | 'mixed'): 'settle' | 'change' {
  if (wanted === 'whole' && pair.shape === 'whole') return 'settle';
  return seen === wanted ? 'settle' : 'change';
}
