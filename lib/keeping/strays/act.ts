import type { Selectable } from 'kysely';
import { notFound } from '@/lib/core/problems';
import { adoptPart } from '@/lib/deploying/requests/adopt';
import type { StrayRow } from '@/lib/store/rows/stray';
import type { KeepingPorts } from '../ports';
import { strayEnd } from './destroy';
import { dueStrayLooks, strayErrand, strayLook } from './look';

type StrayAction = 'destroy' | 'ignore' | 'heed' | 'adopt';

/**
 * Does with some of a person's strays what they asked. Those that are to go are deleted by an errand, in the order that their site takes.
 * @throws AppError `not-found` where one of them is not there; `conflict` where a deployment can't take one up
 */
export async function actOnStrays(services: KeepingPorts, userId: string, action: StrayAction, ids: readonly string[]): Promise<void> {
  const { store, clock, ports } = services;
  const rows = await store.db.selectFrom('strays').selectAll().where('user_id', '=', userId).where('id', 'in', ids).execute();
  if (rows.length < new Set(ids).size) throw notFound('stray');
  if (action === 'adopt') {
    for (const row of rows) await adopt(services, row);
    return;
  }
  const may = { destroy: ['found', 'ignored', 'stuck'], ignore: ['found', 'stuck'], heed: ['ignored'] }[action] as StrayRow['state'][];
  const now = clock.now();
  const state = ({ destroy: 'going', ignore: 'ignored', heed: 'found' } as const)[action];
  await store.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('strays')
      .set({ state, problem: null, ...(action === 'destroy' ? { asked_at: now } : {}) })
      .where('id', 'in', ids)
      .where('state', 'in', may)
      .execute();
    const told = rows.map(({ kind, cloud_id, site, name }) => ({ kind, id: cloud_id, site, name }));
    if (action === 'destroy')
      await trx
        .insertInto('audit')
        .values({ at: now, user_id: userId, action: 'stray.destroy', subject: ids.join(' '), data: JSON.stringify({ told }) })
        .execute();
  });
  if (action !== 'destroy') return;
  const places = new Set(rows.map(({ site, project }) => strayErrand(strayEnd, { userId, site, project })));
  for (const errand of places) await ports.store.queue.errands.ask(errand);
}

async function adopt({ store, ports }: KeepingPorts, row: Selectable<StrayRow>): Promise<void> {
  await adoptPart(ports, row.deployment_id, { key: row.key ?? '', cloudId: row.cloud_id });
  await store.db.deleteFrom('strays').where('id', '=', row.id).execute();
}

/** Has all projects of a person looked through now. */
export async function lookNow(services: KeepingPorts, userId: string): Promise<void> {
  const { store, clock } = services;
  await dueStrayLooks(services);
  const rows = await store.db
    .updateTable('stray_looks')
    .set({ look_at: clock.now() })
    .where('user_id', '=', userId)
    .returning(['site', 'project'])
    .execute();
  for (const place of rows) await store.queue.errands.ask(strayErrand(strayLook, { userId, ...place }));
}
