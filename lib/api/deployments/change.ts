import type { z } from 'zod';
import { writeEvents } from '@/lib/deploying/ledger/events';
import type { patchDeploymentSchema } from '../contract/deployments';
import { invalidInput } from '../http/body';
import { notFound } from '../http/reply';
import type { Services } from '../services';

/** Renames a deployment, or sets or lifts its end. @throws AppError `not-found`, `invalid-input` for an end in the past */
export async function changeDeployment(
  { store, clock }: Services,
  userId: string,
  id: string,
  { name, expiresAt }: z.output<typeof patchDeploymentSchema>,
): Promise<void> {
  const now = clock.now();
  const ends = expiresAt === undefined || expiresAt === null ? expiresAt : new Date(expiresAt);
  if (ends && ends <= now) throw invalidInput([{ path: 'expiresAt', message: 'This moment has passed.' }]);
  await store.db.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom('deployments')
      .select(['name', 'expires_at'])
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .forUpdate()
      .executeTakeFirst();
    if (!before) throw notFound('deployment');
    const change = { ...(name === undefined ? {} : { name }), ...(ends === undefined ? {} : { expires_at: ends }) };
    if (Object.keys(change).length === 0) return;
    await trx.updateTable('deployments').set(change).where('id', '=', id).execute();
    const told = [
      ...(name === undefined || name === before.name ? [] : [`Renamed from ${before.name} to ${name}`]),
      ...(ends === undefined ? [] : [ends === null ? 'Its end was lifted' : `It ends at ${ends.toISOString()}`]),
    ];
    const events = told.map((message) => ({ level: 'info', stage: 'person', subject: null, message }) as const);
    await writeEvents(store, trx, id, events, now);
  });
}
