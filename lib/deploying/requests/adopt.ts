import { AppError } from '@/lib/core/errors';
import { isBorrowed, nodeOf } from '../kinds';
import { wordsFor } from '../kinds/words';
import { goOn, takeUp } from '../ledger/again';
import { writeEvents } from '../ledger/events';
import { needLedger } from '../ledger/load';
import { refresh } from '../ledger/state/refresh';
import type { Ports } from '../ports';

/**
 * Gives a deployment what was made for a part of it that it has given up since: it goes on with that in the place of making another.
 * @throws AppError `conflict` where it does not lack that part (any more)
 */
export async function adoptPart(ports: Ports, deploymentId: string, { key, cloudId }: { key: string; cloudId: string }): Promise<void> {
  const { store, clock } = ports;
  await store.db.transaction().execute(async (trx) => {
    await trx.selectFrom('deployments').select('id').where('id', '=', deploymentId).forNoKeyUpdate().execute();
    const ledger = await needLedger(trx, deploymentId);
    const now = clock.now();
    const resource = ledger.resources.find((one) => one.key === key);
    const lacks = resource?.phase === 'failed' && resource.wanted === 'present' && !isBorrowed(resource.spec);
    if (!resource || !lacks || ledger.deployment.wanted === 'deleted') throw notLacked(ledger.deployment.name);
    await takeUp(trx, resource, cloudId, now);
    const node = ledger.nodes.find((one) => one.key === nodeOf(resource.spec));
    if (node) await goOn(trx, node, { state: 'building', problem: null, deadline_at: null });
    const message = `Asked to take up the ${wordsFor(resource)} that was made late`;
    await writeEvents(store, trx, deploymentId, [{ level: 'info', stage: 'person', subject: key, message, data: { cloudId } }], now);
    await refresh(store, trx, deploymentId, now);
  });
  await store.enqueuePass(deploymentId);
}

function notLacked(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: 'It can’t be taken up',
    detail: `${name} does not lack it now.`,
    cause: 'The deployment has another in its place, is about to make one, or is being deleted.',
    remedy: 'Look through your projects again.',
  });
}
