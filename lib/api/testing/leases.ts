import { Secret } from '@/lib/core/secret';
import { runErrand } from '@/lib/keeping/errands';
import { connectCloud, listProjects } from '@/lib/openstack';
import type { CloudLease, ConnectCloud, Reservation } from '@/lib/openstack/types';
import { type CloudName, credentials } from '@/lib/sandbox/testing/cloud-client';
import { type Leasing, leasing } from '@/lib/sandbox/testing/leases';
import { startTestSandbox, type TestSandbox } from '@/lib/sandbox/testing/start';
import { closeDoors } from '@/lib/web/doors';
import { openTestApi, type TestApi } from '../fixtures';

/** An API with the sandbox's sites that lease, and a person who has a password for them. */
export interface LeaseApi extends TestApi {
  sandbox: TestSandbox;
  /** names of the calls that were made to Blazar since this was emptied */
  calls: string[];
  /** ids at the site of leases that failed to start: the sandbox's never do */
  broken: Set<string>;
  /** Blazar itself, as the same person */
  blazar: Leasing;
  /** ISO 8601, in so many hours */
  inHours(hours: number): string;
  /** lets time pass for the site and Transat alike */
  later(hours: number): Promise<void>;
  /** runs the errands of a lease until it has none that is due */
  errands(id: string): Promise<void>;
  /** the lease as the API shows it once it has this status */
  until(id: string, status: string): Promise<TestApi['call'] extends (...args: never[]) => Promise<infer Answer> ? Answer : never>;
  end(): Promise<void>;
}

export const site = 'sandbox-america';

export async function openLeaseApi(): Promise<LeaseApi> {
  const sandbox = await startTestSandbox();
  const calls: string[] = [];
  const broken = new Set<string>();
  const { clock } = sandbox;
  const api = await openTestApi({ sandboxUrl: sandbox.url, clock, sites: [], connectCloud: counting(calls, broken), listProjects });
  await givePassword(api, sandbox, site, 'america');
  await givePassword(api, sandbox, 'sandbox-kvm', 'america-kvm');
  return {
    ...api,
    sandbox,
    calls,
    broken,
    blazar: await leasing(sandbox, 'america'),
    inHours: (hours) => new Date(clock.now().getTime() + hours * 3_600_000).toISOString(),
    async later(hours) {
      clock.advance(hours * 3_600_000);
      await sandbox.tick();
      await sandbox.pass(30);
    },
    async errands(id) {
      for (let times = 0; times < 10; times++) {
        const row = await api.store.db.selectFrom('leases').select('due_at').where('id', '=', id).executeTakeFirst();
        if (!row?.due_at || row.due_at > clock.now()) return;
        await runErrand(api.services, `lease ${id}`);
      }
    },
    async until(id, status) {
      for (let times = 0; ; times++) {
        const answer = await api.call('GET', `/leases/${id}`, api.as.owner);
        if (answer.json?.status === status || times > 40) return answer;
        await sandbox.pass(2);
      }
    },
    async end() {
      await api.store.close();
      await closeDoors();
      await sandbox.end();
    },
  };
}

/** Gives somebody a password for a cloud of the sandbox. */
export async function givePassword(
  { services }: TestApi,
  sandbox: TestSandbox,
  siteId: string,
  cloud: CloudName,
  who = 'owner',
): Promise<string> {
  const { user, project } = await credentials(sandbox.url, cloud);
  const record = await services.credentials.records.add(who, {
    site: siteId,
    name: 'mine',
    kind: 'password',
    login: { kind: 'password', user: { name: user.name, domain: user.domain }, password: new Secret(user.password) },
    shown: {},
    project,
  });
  return record.id;
}

function counting(calls: string[], broken: ReadonlySet<string>): ConnectCloud {
  return async (...given) => {
    const cloud = await connectCloud(...given);
    return { ...cloud, reservation: cloud.reservation && watched(failing(cloud.reservation, broken), calls) };
  };
}

function failing(reservation: Reservation, broken: ReadonlySet<string>): Reservation {
  const fail = (lease: CloudLease): CloudLease =>
    broken.has(lease.id)
      ? { ...lease, status: 'ERROR', reservations: lease.reservations.map((one) => ({ ...one, status: 'error' })) }
      : lease;
  return {
    ...reservation,
    async leases(options) {
      const { items, gaps } = await reservation.leases(options);
      return { items: items.map(fail), gaps };
    },
  };
}

function watched(reservation: Reservation, calls: string[]): Reservation {
  return new Proxy(reservation, {
    get(target, name, receiver) {
      calls.push(String(name));
      return Reflect.get(target, name, receiver);
    },
  });
}
