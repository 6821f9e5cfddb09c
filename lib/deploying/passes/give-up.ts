import type { Problem } from '@/lib/core/errors';
import type { Resource } from '../ledger/ledger';
import { loadLedger } from '../ledger/load';
import { commit } from '../ledger/write';
import type { Ports } from '../ports';
import { failed } from './outcome';

/** Passes in a row that may end in a fault of Transat's own: the next would end as they did. */
export const faultsTaken = 3;

/** Whether an error is a mistake in the program, not a database or a network that is not there for a while. */
export function isOurFault(error: unknown): boolean {
  return [TypeError, RangeError, ReferenceError, SyntaxError].some((kind) => error instanceof kind);
}

const problem: Problem = {
  code: 'internal',
  title: 'Something in Transat itself failed',
  detail: 'The work on this deployment met a fault in Transat, not in your input or in a site. It was tried again, and met it again.',
  cause: 'A mistake in Transat. Its operator finds it in the log.',
  remedy: 'Retry later, or delete the deployment. Tell the operator, with the name of the deployment.',
};

/** A deployment on which work can't go on: what is under way has failed, and says so, in the place of being tried for ever. */
export async function giveUp(ports: Ports, deploymentId: string): Promise<void> {
  const ledger = await loadLedger(ports.store.db, deploymentId);
  if (!ledger) return;
  await commit(
    ports,
    ledger,
    ledger.resources.filter(isUnderWay).map((resource) => failed(ledger, resource, problem, false)),
  );
}

const isUnderWay = ({ phase, wanted }: Resource): boolean =>
  phase !== 'failed' && phase !== 'gone' && (phase !== 'ready' || wanted === 'absent');
