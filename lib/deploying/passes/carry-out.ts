import { Limit } from '@/lib/web/limit';
import type { Write } from '../ledger/write';
import { Writer } from '../ledger/writer';
import type { Action } from './action';
import { decideNext } from './decide';
import { type Act, intentOf, perform } from './perform';

/** Calls to clouds that one pass has in flight. Each site's client has its own, lower limit. */
const inFlight = 50;

/**
 * Carries out all actions at once: each has its intent written before it is sent and its outcome as it comes, and begins
 * what waited for it, without waiting for the others.
 * @returns false when somebody else changed the ledger meanwhile, so that the pass must start over
 * @throws what an action threw that is not an answer of a cloud, after all others have ended
 */
export async function carryOut(actions: Action[], act: Act): Promise<boolean> {
  const writer = new Writer(act.ports, act.ledger);
  const busy = new Set<string>();
  const limit = new Limit(inFlight);
  let steady = true;

  const run = async (action: Action): Promise<void> => {
    const write = async (what: Write | undefined) => what === undefined || (await writer.write(what));
    const asIntended = await write(intentOf(action, act));
    if (!asIntended || !(await write(await limit.run(() => perform(action, act))))) steady = false;
    busy.delete(action.key);
    if (steady) await runAll(decideNext({ ...act, now: act.asked }).filter(({ key }) => !busy.has(key)));
  };
  const runAll = async (some: Action[]): Promise<void> => {
    for (const { key } of some) busy.add(key);
    const results = await Promise.allSettled(some.map(run));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  };
  await runAll(actions);
  return steady;
}
