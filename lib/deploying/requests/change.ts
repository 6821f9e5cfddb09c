import type { Transaction } from 'kysely';
import { invalidInput, notFound } from '@/lib/core/problems';
import type { Store } from '@/lib/store';
import type { KeptSchedule, Schema } from '@/lib/store/schema';
import { lockNameAndEnd, writeNameAndEnd, writeTurns } from '../ledger/change';
import { writeEvents } from '../ledger/events';
import type { Ports } from '../ports';
import { faultsOf } from './schedule/faults';
import { nextTurn } from './schedule/turns';

export interface DeploymentChange {
  name?: string;
  /** null lifts it */
  expiresAt?: Date | null;
  /** null: it is not stopped and started by the clock any more */
  schedule?: KeptSchedule | null;
}

/** Renames a deployment, sets or lifts its end or its schedule. @throws AppError `not-found`, `invalid-input` for an end in the past and a schedule that is none */
export async function changeDeployment(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  id: string,
  change: DeploymentChange,
): Promise<void> {
  await store.db.transaction().execute((trx) => writeChange(store, trx, id, change, clock.now()));
}

/** The same in a transaction of somebody else: all of what was asked for is done, or nothing. @throws AppError as {@link changeDeployment} */
export async function writeChange(
  store: Store,
  trx: Transaction<Schema>,
  id: string,
  { name, expiresAt, schedule }: DeploymentChange,
  now: Date,
): Promise<void> {
  if (expiresAt && expiresAt <= now) throw invalidInput([{ path: 'expiresAt', message: 'This moment has passed.' }]);
  const faults = schedule ? faultsOf(schedule) : [];
  if (faults.length > 0) throw invalidInput(faults);
  const before = await lockNameAndEnd(trx, id);
  if (!before) throw notFound('deployment');
  await writeNameAndEnd(trx, id, {
    ...(name === undefined ? {} : { name }),
    ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
  });
  if (schedule !== undefined) await writeTurns(trx, id, { schedule, next: schedule ? nextTurn(schedule, now) : undefined });
  const told = [
    ...(name === undefined || name === before.name ? [] : [`Renamed from ${before.name} to ${name}`]),
    ...(expiresAt === undefined ? [] : [expiresAt === null ? 'Its end was lifted' : `It ends at ${expiresAt.toISOString()}`]),
    ...(schedule === undefined ? [] : [schedule ? scheduleWords(schedule) : 'It is not stopped and started by the clock any more']),
  ];
  const events = told.map((message) => ({ level: 'info', stage: 'person', subject: null, message }) as const);
  await writeEvents(store, trx, id, events, now);
}

const scheduleWords = ({ start, stop, zone }: KeptSchedule): string =>
  `It is started at ${start} and stopped at ${stop} from now on, by the clocks of ${zone}`;
