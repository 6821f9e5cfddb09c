import type { Transaction } from 'kysely';
import { invalidInput, notFound } from '@/lib/core/problems';
import type { Store } from '@/lib/store';
import type { Schema } from '@/lib/store/schema';
import { lockNameAndEnd, writeNameAndEnd } from '../ledger/change';
import { writeEvents } from '../ledger/events';
import type { Ports } from '../ports';

export interface DeploymentChange {
  name?: string;
  /** null lifts it */
  expiresAt?: Date | null;
}

/** Renames a deployment, or sets or lifts its end. @throws AppError `not-found`, `invalid-input` for an end in the past */
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
  { name, expiresAt }: DeploymentChange,
  now: Date,
): Promise<void> {
  if (expiresAt && expiresAt <= now) throw invalidInput([{ path: 'expiresAt', message: 'This moment has passed.' }]);
  const before = await lockNameAndEnd(trx, id);
  if (!before) throw notFound('deployment');
  await writeNameAndEnd(trx, id, {
    ...(name === undefined ? {} : { name }),
    ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
  });
  const told = [
    ...(name === undefined || name === before.name ? [] : [`Renamed from ${before.name} to ${name}`]),
    ...(expiresAt === undefined ? [] : [expiresAt === null ? 'Its end was lifted' : `It ends at ${expiresAt.toISOString()}`]),
  ];
  const events = told.map((message) => ({ level: 'info', stage: 'person', subject: null, message }) as const);
  await writeEvents(store, trx, id, events, now);
}
