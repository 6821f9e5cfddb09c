import { endOf, PATIENCE_MS } from './settle';
import type { LedgerJob } from './types';

/** Looked up in one beat. */
const MOST_OVER = 24;
const ended: readonly string[] = ['Succeeded', 'Failed'];

export const isOver = ({ state }: Pick<LedgerJob, 'state'>): boolean => ended.includes(state);

/**
 * Which jobs that have ended are to be looked up in this beat: in turns where there are many, so that none that can't be settled holds up others; and while
 * a side of theirs is silent, none, until that was waited for long enough. Pure.
 * @param open rows of one pair that are not settled
 * @param silent clusters that did not answer in this beat
 * @param turn number of the beat
 * @param now milliseconds since 1970
 */
export function overNow(open: readonly LedgerJob[], silent: ReadonlySet<string>, turn: number, now: number): LedgerJob[] {
  const waits = (job: LedgerJob) => (silent.has(job.origin) || silent.has(job.ran)) && now - endOf(job) <= PATIENCE_MS;
  const over = open.filter((job) => isOver(job) && !waits(job));
  if (over.length <= MOST_OVER) return over;
  const from = (turn * MOST_OVER) % over.length;
  return [...over.slice(from), ...over.slice(0, from)].slice(0, MOST_OVER);
}
