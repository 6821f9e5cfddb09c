import { AppError } from '@/lib/core/errors';
import { requestAction } from '@/lib/deploying/requests/request-action';
import type { Visitor } from '@/lib/desk/types';
import type { LeaseWork } from '@/lib/store/schema';
import { changeLease, requireOwn } from './change';
import { needLease } from './look';
import type { LeasingPorts } from './ports';
import { type KeptLease, type Standing, standingOn } from './rows';
import { askErrand } from './work/due';

interface About {
  /** what stands on it is wound down first */
  withDeployments: boolean;
}

/**
 * Ends a lease now, and keeps its record. Where deployments stand on it, they are wound down first, and then it ends by itself.
 * @throws AppError as {@link changeLease}; `conflict` naming the deployments, where they are not to be wound down
 */
export async function endLease(services: LeasingPorts, person: Visitor, id: string, about: About): Promise<void> {
  const row = await needLease(services, person, id);
  requireOwn(row);
  if (!(await windDown(services, row, about, 'end'))) await changeLease(services, person, id, { end: 'now' });
}

/**
 * Deletes a lease with its record, in the background: the site takes minutes where servers run on it. What stands on it is wound down first.
 * @throws AppError `not-found`; `conflict` for one that was only seen, and naming the deployments where they are not to be wound down
 */
export async function deleteLease(services: LeasingPorts, person: Visitor, id: string, about: About): Promise<void> {
  const row = await needLease(services, person, id);
  if (row.work?.do === 'delete' || row.status === 'GONE') return;
  requireOwn(row);
  if (!(await windDown(services, row, about, 'delete'))) await begin(services, row, 'delete');
}

/** The deployments that live on a lease. */
export async function livingOn({ store }: LeasingPorts, row: KeptLease): Promise<Standing[]> {
  return (await standingOn(store.db, row.user_id))(row.site, row.lease_id);
}

/** Has what stands on a lease deleted, as its end would. @returns false: nothing does */
async function windDown(services: LeasingPorts, row: KeptLease, { withDeployments }: About, then: LeaseWork['do']): Promise<boolean> {
  const standing = await livingOn(services, row);
  if (standing.length === 0) return false;
  if (!withDeployments) throw stoodOn(row, standing);
  await begin(services, row, then);
  for (const { id } of standing) {
    // one that is being deleted already needs nothing more
    await requestAction(services.ports, id, { action: 'delete', because: 'lease' }).catch((error: unknown) => {
      if (AppError.from(error).code !== 'conflict') throw error;
    });
  }
  return true;
}

async function begin(services: LeasingPorts, { id }: KeptLease, what: LeaseWork['do']): Promise<void> {
  const { store, clock } = services;
  const now = clock.now();
  await store.db
    .updateTable('leases')
    .set({
      work: JSON.stringify({ do: what, since: now.toISOString(), tries: 0 } satisfies LeaseWork),
      extend: null,
      problem: null,
      due_at: now,
    })
    .where('id', '=', id)
    .execute();
  await askErrand(services, id);
}

function stoodOn({ name }: KeptLease, standing: readonly Standing[]): AppError {
  const names = standing.map((one) => one.name);
  const some = names.slice(0, 10).join(', ');
  return new AppError({
    code: 'conflict',
    title: `Deployments stand on ${name}`,
    detail: `${names.length === 1 ? 'A deployment stands' : `${names.length} deployments stand`} on it: ${some}${names.length > 10 ? ' …' : ''}.`,
    cause: 'With the lease its servers go, and all that is stored on them.',
    remedy: 'Delete them first, or say that they are to be wound down with it.',
  });
}
