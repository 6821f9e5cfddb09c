import { agentKnows, type Identity, type Run } from '@/lib/nodes/protocol';
import type { Admission } from '@/lib/store/schema';
import type { Node } from '../ledger/ledger';

/** `taken`: now; `known`: by this very identity before; `spent`: by another one; `unknown`: no machine was sent out with it. */
export type Outcome = 'taken' | 'known' | 'spent' | 'unknown';

/**
 * An agent makes itself known. An admission is bound to the first that comes with it; the same may come again, since an answer can be lost. Pure.
 * @param fits picks the admission that it came with
 * @returns the node's admissions afterwards. `news`: whether that is told for the first time
 */
export function admit(
  before: readonly Admission[],
  fits: (admission: Admission) => boolean,
  identity: Identity,
): { outcome: Outcome; admissions: Admission[]; news: boolean } {
  const found = before.find(fits);
  if (!found) return { outcome: 'unknown', admissions: [...before], news: false };
  const replaced = (change: Partial<Admission>) => before.map((one) => (one === found ? { ...one, ...change } : one));
  if (!found.taken) return { outcome: 'taken', admissions: replaced({ taken: identity }), news: true };
  const same = found.taken.token === identity.token && found.taken.hostKey === identity.hostKey;
  if (same) return { outcome: 'known', admissions: [...before], news: false };
  return { outcome: 'spent', admissions: replaced({ refused: true }), news: !found.refused };
}

/** Host keys with which a node may answer: the one that its agent has put in place, and until it said so those before and after. Pure. */
export function hostKeysOf({ host_key, admissions }: Pick<Node, 'host_key' | 'admissions'>): string[] {
  if (host_key !== null) return [host_key];
  return [...new Set(admissions.flatMap(({ firstKey, taken }) => [firstKey, ...(taken ? [taken.hostKey] : [])]))];
}

/** Whether an agent told of a host key that it had announced; only such a one is expected from then on. Pure. */
export function isAnnounced({ admissions }: Pick<Node, 'admissions'>, key: string): boolean {
  return admissions.some(({ taken }) => taken?.hostKey === key);
}

/** Those that are of use once a node is ready: of the machine that it is. Pure. */
export function ofThisMachine({ admissions, host_key }: Pick<Node, 'host_key' | 'admissions'>): Admission[] {
  return admissions.filter(({ taken }) => taken !== null && (host_key === null || taken.hostKey === host_key));
}

/** Whether a node may have its steps, with the secrets in them: while it is being configured, and not for a reboot of one that is done or was given up. Pure. */
export function mayHaveSteps({ state, steps, run_from }: Pick<Node, 'state' | 'steps' | 'run_from'>): boolean {
  const atWork = state === 'building' || state === 'booting' || state === 'configuring';
  if (!atWork || steps.some((step) => step.state === 'failed')) return false;
  // asked to run none of them again, it is told of its peers by them
  return steps.length === 0 || run_from !== null || steps.some((step) => step.state !== 'done');
}

/** What a node's agent is asked to run again. Pure. */
export function runOf({
  run_from: from,
  run_only: only,
  run_number: number,
  run_ends: ends,
}: Pick<Node, 'run_from' | 'run_only' | 'run_number' | 'run_ends'>): Run | undefined {
  return from === null ? undefined : { from, ...(only && { only }), number, ...(ends && { ends }) };
}

/** Whether a node's agent tells its runs apart, and ends what it does for one that says so; those that were sent out before this was known don't. Pure. */
export function tellsRuns({ facts }: Pick<Node, 'facts'>): boolean {
  return typeof facts.agent === 'number' && facts.agent >= agentKnows;
}

/** Whether the agent is one that was sent out with a token for good, and knows nothing of steps that come in parts. Pure. */
export function isOfBefore({ admissions }: Pick<Node, 'admissions'>): boolean {
  return admissions.some(({ hash, taken }) => taken?.token === hash);
}
