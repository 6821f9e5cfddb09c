import { leaseOf } from '@/lib/leases/blazar/translate';
import { calendarOf } from '@/lib/leases/export/ics';
import type { CloudLease } from '@/lib/openstack/types';
import { isOwn } from '@/lib/store/own-leases';
import { tellingSettings } from './settings';
import type { TellingPorts } from './types';

/** What is long over is of no use in a calendar. */
const keptMs = 31 * 86_400_000;

/** The leases that a person made, took over, or has deployments on, as a calendar that other programs subscribe to, in the language in which they are told. */
export async function feedOf(ports: TellingPorts, userId: string): Promise<string> {
  const { store, clock, sites, config } = ports;
  const now = clock.now().getTime();
  const rows = await store.db
    .selectFrom('leases')
    .selectAll()
    .where('user_id', '=', userId)
    .where('told', 'is not', null)
    .where(isOwn)
    .where('ends_at', '>', new Date(now - keptMs))
    .orderBy('starts_at')
    .limit(1000)
    .execute();
  const entries = await Promise.all(
    rows.map(async ({ id, site, told, name, status, starts_at, ends_at, lease_id }) => {
      const known = await sites.find(userId, site);
      // as the site told it, kept whole; the columns beside it are newer
      const lease = leaseOf(told as unknown as CloudLease, null);
      return {
        lease: {
          ...lease,
          id: lease_id ?? id,
          name,
          status: status === 'GONE' ? 'TERMINATED' : status,
          start: starts_at.getTime(),
          end: ends_at.getTime(),
        },
        site: { id: site, name: known?.name ?? site },
        url: `${config.url}/leases/${id}`,
      };
    }),
  );
  const { language } = await tellingSettings(ports, userId);
  return calendarOf(entries, { now, name: 'Transat', language });
}
