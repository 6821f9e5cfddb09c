import { sql } from 'kysely';
import { outputsShown } from '@/lib/deploying/nodes/outputs';
import { idleSince, type Use } from '@/lib/deploying/requests/idle';
import type { Services } from '../services';
import type { StoredDeployment } from './stored';

/** Since when those of some deployments that are known to be of no use now have had nothing to do, by id. */
export async function readIdle(
  { store: { db }, clock }: Pick<Services, 'store' | 'clock'>,
  deployments: readonly Pick<StoredDeployment, 'id' | 'state' | 'ready_at'>[],
): Promise<Map<string, Date>> {
  const found = new Map<string, Date>();
  const ready = deployments.filter(({ state }) => state === 'ready').map(({ id }) => id);
  if (ready.length === 0) return found;
  const rows = await db
    .selectFrom('elastic_groups')
    .select(['deployment_id', 'report', 'heard_at', 'idle_since'])
    .where('deployment_id', 'in', ready)
    .execute();
  const now = clock.now().getTime();
  for (const { id, state, ready_at } of deployments) {
    const own = rows.filter(({ deployment_id }) => deployment_id === id);
    const queues = own.map((row) => ({
      report: row.report,
      heardAt: row.heard_at.getTime(),
      idleSince: Object.fromEntries(Object.entries(row.idle_since).map(([name, at]) => [name, Date.parse(at)])),
    }));
    const use: Use = { state, readyAt: ready_at?.getTime() ?? null, toldAt: null, queues, now };
    // its history is looked at only where all else has had nothing to do for long
    if (idleSince(use) === null) continue;
    const since = idleSince({ ...use, toldAt: await lastTouched(db, id) });
    if (since !== null) found.set(id, new Date(since));
  }
  return found;
}

/** When somebody last did anything with it: its history tells, and the audit, of who looked at what it gives or opened a machine's screen. */
async function lastTouched(db: Services['store']['db'], id: string): Promise<number | null> {
  const line = await db
    .selectFrom('events')
    .select('at')
    .where('deployment_id', '=', id)
    .where(sql<boolean>`data ->> 'elastic' is null`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const looked = await db
    .selectFrom('audit')
    .select('at')
    .where('user_id', '=', ({ selectFrom }) => selectFrom('deployments').select('user_id').where('id', '=', id))
    .where('subject', '=', id)
    .where(sql<boolean>`(action = 'console-opened' or (action = 'secret-used' and data ->> 'use' = ${outputsShown}))`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const moments = [line, looked].flatMap((row) => (row ? [row.at.getTime()] : []));
  return moments.length > 0 ? Math.max(...moments) : null;
}
