import { loadStanding } from '../ledger/load';
import { enderOf } from '../ledger/state/wind-down';
import type { Ports } from '../ports';
import { requestAction } from './request-action';

/** No deployment takes longer to be taken down than this. */
const horizonSeconds = 7200;

/**
 * Deletes, as if their owners had asked, the deployments whose own end has come, and those whose lease ends so soon that it is time to take them down
 * in order.
 * @param only this one; left out: all
 */
export async function endDue(ports: Ports, only?: string): Promise<void> {
  const { store, clock } = ports;
  const now = clock.now();
  const soon = new Date(now.getTime() + horizonSeconds * 1000);
  const due = await store.db
    .selectFrom('deployments')
    .select('id')
    .where('wanted', '!=', 'deleted')
    .where('deleted_at', 'is', null)
    .where(({ or, eb }) => or([eb('expires_at', '<=', now), eb('lease_ends_at', '<=', soon)]))
    .$if(only !== undefined, (select) => select.where('id', '=', only ?? ''))
    .execute();
  for (const { id } of due) {
    const because = enderOf(await loadStanding(store.db, id), now);
    if (because) await requestAction(ports, id, { action: 'delete', because });
  }
}
