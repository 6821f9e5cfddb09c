import { sql } from 'kysely';
import { AppError } from '@/lib/core/errors';
import { log } from '@/lib/core/log';
import type { Ports } from '../ports';
import { requestAction } from './request-action';

/** What stopped for want of this person's credential goes on, now that there is a good one. Never throws: what brought it must not fail. */
export async function resumeWork(ports: Ports, userId: string): Promise<void> {
  try {
    const stopped = await ports.store.db
      .selectFrom('deployments')
      .select('id')
      .where('user_id', '=', userId)
      .where('deleted_at', 'is', null)
      .where(sql<boolean>`problem ->> 'code' in ('session-expired', 'credential-expired', 'credential-invalid', 'credential-missing')`)
      .execute();
    for (const { id } of stopped) await goOn(ports, id);
    const owed = await ports.store.db
      .updateTable('revocations')
      .set({ next_try_at: ports.clock.now() })
      .where('user_id', '=', userId)
      .where('attempts', '>', 0)
      .returning('id')
      .execute();
    for (const { id } of owed) await ports.store.queue.errands.ask(`revocation ${id}`);
  } catch (error) {
    log.error({ err: error }, 'work could not be resumed');
  }
}

/** Has a deployment go on with what it was at: what has given up is tried again, what has not looks again now. */
export async function goOn(ports: Ports, id: string): Promise<void> {
  try {
    await requestAction(ports, id, { action: 'retry' });
  } catch (error) {
    // it has not given up yet: then it only has to look again, now
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    await ports.store.enqueuePass(id);
  }
}
