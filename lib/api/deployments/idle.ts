import { sql } from 'kysely';
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
    const since = idleSince({ ...use, toldAt: await lastTold(db, id) });
    if (since !== null) found.set(id, new Date(since));
  }
  return found;
}

async function lastTold(db: Services['store']['db'], id: string): Promise<number | null> {
  const line = await db
    .selectFrom('events')
    .select('at')
    .where('deployment_id', '=', id)
    .where(sql<boolean>`data ->> 'elastic' is null`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return line?.at.getTime() ?? null;
}
