import type { Availability, Span } from '../types';
import type { Supply } from './demand';

/** How many units of supplies are free when: spans that follow each other without a gap, each with another number than the one before. */
export function freeOverTime(supplies: readonly Supply[], { start, end }: Span): Availability[] {
  const changes = new Map<number, number>([[start, 0]]);
  for (const { runs, units } of supplies) {
    for (const run of runs) {
      const from = Math.max(run.start, start);
      const to = Math.min(run.end, end);
      if (from >= to) continue;
      changes.set(from, (changes.get(from) ?? 0) + units);
      changes.set(to, (changes.get(to) ?? 0) - units);
    }
  }
  const found: Availability[] = [];
  let available = 0;
  for (const [at, change] of [...changes].sort(([a], [b]) => a - b)) {
    available += change;
    const last = found.at(-1);
    if (at >= end) break;
    if (last?.available === available) continue;
    if (last) last.end = at;
    found.push({ start: at, end, available });
  }
  return found;
}
