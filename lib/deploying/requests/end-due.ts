import type { Ports } from '../ports';
import { requestAction } from './request-action';

/** How long before the end of its lease a deployment is wound down, so that the site deletes nothing under it. */
const windDownSeconds = 300;

/** Deletes, as if their owners had asked, the deployments whose own end has come, or whose lease is about to end. */
export async function endDue(ports: Ports): Promise<void> {
  const { store, clock } = ports;
  const now = clock.now();
  const soon = new Date(now.getTime() + windDownSeconds * 1000);
  const due = await store.db
    .selectFrom('deployments')
    .select(['id', 'lease_ends_at'])
    .where('wanted', '!=', 'deleted')
    .where('deleted_at', 'is', null)
    .where(({ or, eb }) => or([eb('expires_at', '<=', now), eb('lease_ends_at', '<=', soon)]))
    .execute();
  for (const { id, lease_ends_at: end } of due) {
    await requestAction(ports, id, { action: 'delete', because: end !== null && end <= soon ? 'lease' : 'end' });
  }
}
