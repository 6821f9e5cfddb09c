import { writeTurns } from '../../ledger/change';
import { type NewEvent, writeEvents } from '../../ledger/events';
import { needLedger } from '../../ledger/load';
import { wantPower } from '../../ledger/node-rows';
import { refresh } from '../../ledger/state/refresh';
import type { Ports } from '../../ports';
import { allowedActions, changingOf } from '../allowed';
import { nextTurn, type Turn, turnDue } from './turns';

/**
 * Stops and starts the deployments whose time has come. What can't be done in its state is not done later by surprise: its history says so, and the next turn
 * holds. Of several workers one does it.
 */
export async function followSchedules(ports: Ports): Promise<void> {
  const { store, clock } = ports;
  const due = await store.db
    .selectFrom('deployments')
    .select('id')
    .where('turn_at', '<=', clock.now())
    .where('deleted_at', 'is', null)
    .where('wanted', '!=', 'deleted')
    .execute();
  for (const { id } of due) if (await take(ports, id)) await store.enqueuePass(id);
}

async function take({ store, clock }: Ports, id: string): Promise<boolean> {
  return await store.db.transaction().execute(async (trx) => {
    await trx.selectFrom('deployments').select('id').where('id', '=', id).forNoKeyUpdate().execute();
    const { deployment, nodes } = await needLedger(trx, id);
    const now = clock.now();
    const { schedule, turn_at: at, turn: does } = deployment;
    if (!schedule || !at || !does || at > now) return false;
    const turn = turnDue(schedule, { at, does }, now);
    await writeTurns(trx, id, { next: nextTurn(schedule, now) });
    const isSo = deployment.state === (turn.does === 'stop' ? 'stopped' : 'ready');
    if (isSo) return false;
    const { allowed, reason = '' } = allowedActions(deployment.state, deployment.wanted, changingOf(deployment))[turn.does];
    const keys = nodes.map(({ key }) => key);
    if (allowed) await wantPower(trx, id, turn.does, keys, true);
    await writeEvents(store, trx, id, [told(turn, deployment.name, allowed, reason)], now);
    if (allowed) await refresh(store, trx, id, now);
    return allowed;
  });
}

function told({ does }: Turn, name: string, allowed: boolean, reason: string): NewEvent {
  const stage = 'deployment';
  if (!allowed) {
    const message =
      does === 'stop' ? `${name} was not stopped by its schedule: ${reason}` : `${name} was not started by its schedule: ${reason}`;
    return { level: 'warning', stage, subject: null, message };
  }
  const message = does === 'stop' ? `${name} is stopped by its schedule` : `${name} is started by its schedule`;
  return { level: 'info', stage, subject: null, message, data: { action: does, because: 'schedule' } };
}
