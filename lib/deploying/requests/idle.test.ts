import { expect, test } from 'vitest';
import { idleSince, type Use } from './idle';

const now = Date.parse('2026-11-29T12:00:00Z');
const ago = (days: number) => now - days * 86_400_000;
type Does = 'idle' | 'busy' | 'away';
/** A queue of so many workers that have had nothing to do for so many days. */
const queue = (days: number[], { does = 'idle' as Does, waiting = 0, heardAt = now, known = true } = {}): Use['queues'][number] => ({
  report: { waiting, wanted: waiting, machines: days.map((_, index) => ({ name: `w-${index}`, state: does })) },
  heardAt,
  idleSince: known ? Object.fromEntries(days.map((day, index) => [`w-${index}`, ago(day)])) : {},
});
const use = (more: Partial<Use>): Use => ({ state: 'ready', readyAt: ago(90), toldAt: ago(80), queues: [queue([5])], now, ...more });

test.each<[what: string, is: Partial<Use>, since: number | null]>([
  ['its only worker for five days', {}, ago(5)],
  ['its workers: the last of them counts', { queues: [queue([9, 4])] }, ago(4)],
  ['the workers of two queues: the last of them counts', { queues: [queue([9]), queue([6])] }, ago(6)],
  ['for three days to the moment', { queues: [queue([3])] }, ago(3)],
  ['for less', { queues: [queue([3 - 1e-6])] }, null],
  ['one of its workers for less', { queues: [queue([9, 2])] }, null],
  ['but somebody did something with it meanwhile', { toldAt: ago(4) }, ago(4)],
  ['but somebody did something with it just now', { toldAt: ago(0) }, null],
  ['and nothing was ever told of it', { toldAt: null }, ago(5)],
  ['but it is ready for a shorter time', { readyAt: ago(1) }, null],
  ['but something waits', { queues: [queue([5], { waiting: 1 })] }, null],
  ['but a worker works', { queues: [queue([5]), queue([5], { does: 'busy' })] }, null],
  ['but a worker takes nothing: what it does is not known', { queues: [queue([5], { does: 'away' })] }, null],
  ['but since when is not known', { queues: [queue([5], { known: false })] }, null],
  ['but nothing was heard for five minutes', { queues: [queue([5], { heardAt: now - 300_000 })] }, null],
  ['and something was heard a second less ago', { queues: [queue([5], { heardAt: now - 299_000 })] }, ago(5)],
  ['or so it seems: there are no workers', { queues: [queue([])] }, null],
  ['or so it seems: nobody tells of it', { queues: [] }, null],
  ['but it was never ready', { readyAt: null }, null],
  ['but it is not ready now', { state: 'degraded' }, null],
  ['but it is stopped', { state: 'stopped' }, null],
])('it has had nothing to do, %s', (_what, is, since) => expect(idleSince(use(is))).toBe(since));
