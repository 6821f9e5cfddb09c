import { ManualClock } from '@/lib/core/clock';
import { plainVault } from '@/lib/deploying/testing/agent-script';
import type { CloudLease } from '@/lib/openstack/types';
import { plainSite } from '@/lib/sites/testing/site';
import type { Store } from '@/lib/store';
import type { TellingPorts } from '../types';

/** What tells people in time, on a clock that stands still, with one person and their leases. */
export class TellingWorld {
  readonly clock: ManualClock;
  readonly ports: TellingPorts;
  readonly userId: string;

  constructor(store: Store, userId: string, more: Partial<TellingPorts> = {}, start = new Date('2030-01-10T12:00:00Z')) {
    this.clock = new ManualClock(start);
    this.userId = userId;
    const known = plainSite({ id: 'tacc', name: 'CHI@TACC' });
    this.ports = {
      store,
      clock: this.clock,
      vault: plainVault,
      sites: { find: async (_user, id) => (id === 'tacc' ? known : undefined) },
      config: { url: 'https://transat.example.org' },
      ...more,
    };
  }

  async person(email: string | null = 'ada@example.org', locale: string | null = null): Promise<void> {
    const { db } = this.ports.store;
    const user = { id: this.userId, issuer: 'https://op', subject: this.userId, provider: 'op', name: 'Ada', created_at: this.clock.now() };
    await db
      .insertInto('users')
      .values({ ...user, email, locale })
      .execute();
  }

  /** A lease that the person made, which ends in so many hours. */
  async lease(hours: number, name = 'gpus'): Promise<string> {
    const [start, end] = [new Date(this.clock.now().getTime() - 3_600_000), new Date(this.clock.now().getTime() + hours * 3_600_000)];
    const id = `${this.userId}-${name}`;
    const reservations: CloudLease['reservations'] = [];
    const told: CloudLease = {
      id,
      name,
      status: 'ACTIVE',
      start: start.toISOString(),
      end: end.toISOString(),
      createdAt: start.toISOString(),
      degraded: false,
      reservations,
      events: [],
    };
    await this.ports.store.db
      .insertInto('leases')
      .values({
        id: `lease_${id}`,
        user_id: this.userId,
        site: 'tacc',
        project: 'p',
        credential: 'c',
        lease_id: id,
        name,
        status: 'ACTIVE',
        starts_at: start,
        ends_at: end,
        taken_over: true,
        told: JSON.stringify(told),
        created_at: start,
      })
      .execute();
    return id;
  }

  async notices(): Promise<{ id: string; what: string }[]> {
    return this.ports.store.db
      .selectFrom('notices')
      .select(['id', 'what'])
      .where('user_id', '=', this.userId)
      .where('what', '!=', 'settled')
      .orderBy('at')
      .execute();
  }

  async deliveries(): Promise<Record<string, string>> {
    const rows = await this.ports.store.db
      .selectFrom('deliveries')
      .innerJoin('notices', 'notices.id', 'notice_id')
      .select(['way', 'state'])
      .where('user_id', '=', this.userId)
      .execute();
    return Object.fromEntries(rows.map(({ way, state }) => [way, state]));
  }
}
