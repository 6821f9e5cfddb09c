import { AppError } from '@/lib/core/errors';
import { requestAction } from '@/lib/deploying/requests/request-action';
import type { LeasingPorts } from './ports';
import { type KeptLease, type Standing, standingOn } from './rows';

export interface About {
  /** what stands on it is wound down first */
  withDeployments: boolean;
}

/** The deployments that live on a lease. */
export async function livingOn({ store }: LeasingPorts, row: KeptLease): Promise<Standing[]> {
  return (await standingOn(store.db, row.user_id))(row.site, row.lease_id);
}

/** What stands on a lease that is to go. @throws AppError `conflict` naming it, where it is not to be wound down */
export async function consentOf(services: LeasingPorts, row: KeptLease, { withDeployments }: About): Promise<Standing[]> {
  const standing = await livingOn(services, row);
  if (standing.length > 0 && !withDeployments) throw stoodOn(row, standing);
  return standing;
}

/** Asks what stands on a lease to go, as its end would, as often as it takes: what goes already is left alone, and what failed to go tries again. */
export async function askToGo({ ports }: LeasingPorts, standing: readonly Standing[]): Promise<void> {
  for (const { id } of standing.filter(({ state }) => state !== 'deleting')) {
    await requestAction(ports, id, { action: 'delete', because: 'lease', leaseGoes: true }).catch((error: unknown) => {
      // it goes, or has gone, meanwhile
      if (!['conflict', 'not-found'].includes(AppError.from(error).code)) throw error;
    });
  }
}

/** Why a lease is not to go: what stands on it would go, too. */
export function stoodOn({ name }: KeptLease, standing: readonly Standing[]): AppError {
  const names = standing.map((one) => one.name);
  const some = `${names.slice(0, 10).join(', ')}${names.length > 10 ? ' …' : ''}`;
  return new AppError({
    code: 'conflict',
    title: `Deployments stand on ${name}`,
    detail: names.length === 1 ? `A deployment stands on it: ${some}.` : `${names.length} deployments stand on it: ${some}.`,
    cause: 'With the lease its servers go, and all that is stored on them.',
    remedy: 'Delete them first, or say that they are to be wound down with it.',
  });
}
