import { announce, timed } from '@/lib/core/signals';
import { inSpan } from '@/lib/core/tracing/span';
import type { DeploymentState } from '@/lib/store/schema';
import { atRest } from '../ledger/state/at-rest';
import { NodeReaders } from '../nodes/readers';
import { faultsTaken, giveUp, isOurFault } from '../passes/give-up';
import { slowBeatSeconds } from '../passes/next-look';
import { runPass } from '../passes/pass';
import type { Ports } from '../ports';
import { endDue } from '../requests/end-due';
import type { Wait } from '../wait';

/** A deployment that is looked at less often than this leaves the worker to others meanwhile … */
const longestWaitSeconds = 8;
/** … or than this, where a fault was met, its nodes are visited meanwhile, or it stands on a lease: one that comes back is looked at as a whole. */
const longestAttendedSeconds = 15;
/** After so long it goes to the end of the queue. */
const sessionSeconds = 120;
const afterFaultSeconds = 10;
/** What is put off for longer than this is looked at meanwhile all the same. */
const longestPutOffSeconds = 86_400;

/**
 * Stays with one deployment while something changes: pass after pass, as often as it needs. Then says in the queue when
 * it is to be looked at again.
 */
export async function attend(ports: Ports, deploymentId: string, signal: AbortSignal, wait: Wait): Promise<void> {
  const readers = new NodeReaders(ports, deploymentId, wait);
  try {
    await passAfterPass(ports, deploymentId, signal, wait, readers);
  } finally {
    await readers.stop();
  }
}

async function passAfterPass(ports: Ports, deploymentId: string, signal: AbortSignal, wait: Wait, readers: NodeReaders): Promise<void> {
  const { store, clock } = ports;
  const end = clock.now().getTime() + sessionSeconds * 1000;
  const { isSettled, onLease } = await howItIs(ports, deploymentId);
  let complete = isSettled;
  let faults = 0;
  for (;;) {
    let next: number | null;
    let met = false;
    try {
      await endDue(ports, deploymentId);
      next = await timed(
        () => inSpan({ name: 'pass', words: { 'transat.deployment': deploymentId } }, () => runPass(ports, deploymentId, { complete })),
        (seconds, result) => announce('pass', { outcome: result === undefined ? 'fault' : 'done', seconds }),
      );
      await readers.sync();
      faults = 0;
    } catch (error) {
      ports.onFault(error, deploymentId);
      met = true;
      faults = isOurFault(error) ? faults + 1 : 0;
      if (faults === faultsTaken) await giveUp(ports, deploymentId).catch((again: unknown) => ports.onFault(again, deploymentId));
      // looked at again with the slow beat: it may be mended by then
      next = faults < faultsTaken ? afterFaultSeconds : slowBeatSeconds;
    }
    complete = false;
    if (next === null) return;
    const longest = met || onLease || readers.areVisiting ? longestAttendedSeconds : longestWaitSeconds;
    if (next > longest) return store.enqueuePass(deploymentId, { after: Math.min(next, longestPutOffSeconds) });
    if (signal.aborted || clock.now().getTime() > end) return store.enqueuePass(deploymentId, { after: Math.max(1, Math.ceil(next)) });
    if (next > 0) await wait(next);
  }
}

/** What stands on a lease may lose it at any time, and may be given more. */
const settledOnLease: readonly DeploymentState[] = [...atRest, 'configuring', 'waiting-for-lease', 'failed'];

// Of a deployment that stands, everything is looked at.
async function howItIs({ store }: Ports, deploymentId: string): Promise<{ isSettled: boolean; onLease: boolean }> {
  const row = await store.db.selectFrom('deployments').select(['state', 'lease_ends_at']).where('id', '=', deploymentId).executeTakeFirst();
  const onLease = row !== undefined && row.lease_ends_at !== null;
  return { isSettled: row !== undefined && (onLease ? settledOnLease : atRest).includes(row.state), onLease };
}
