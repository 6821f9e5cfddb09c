import { AppError } from '@/lib/core/errors';
import { notFound } from '@/lib/core/problems';
import type { Entry, Visitor } from '@/lib/desk/types';
import { leaseSiteOf } from '@/lib/leases/blazar/translate';
import { alternativesTo } from '@/lib/leases/explain/alternatives';
import { lintLength, lintName, lintTimes, spanOf } from '@/lib/leases/lint/basics';
import { lintLease, lintReservations, planCost } from '@/lib/leases/lint/lint';
import { demandsOf, pickHosts } from '@/lib/leases/lint/shortage';
import type { Cost } from '@/lib/leases/rules/cost';
import type { Host, LeaseProblem, LeaseSite, Moment, PlannedLease, Span } from '@/lib/leases/types';
import type { CloudAuth } from '@/lib/openstack/types';
import { withDeadline } from '@/lib/sites';
import type { Site } from '@/lib/sites/types';
import { BROWSE_MS, type Entered, enterBlazar, type Known, needsOf, readLeases, signInOf } from './blazar';
import type { LeaseWish } from './make';
import type { LeasingPorts } from './ports';
import { type Offered, offeredOf } from './refused';
import type { KeptLease } from './rows';

/** What is to be said of a lease that somebody plans. */
export interface Judged {
  problems: LeaseProblem[];
  /** what it would last, in whole minutes; null where its times are none */
  span: Span | null;
  cost: Cost | null;
  /** hosts that it would get, by the reservation's path */
  hosts: ReadonlyMap<string, Host[]>;
  alternatives: Offered[];
  /** null: what is wrong could be told without asking the site */
  known: Known | null;
  signedInBy?: CloudAuth['kind'];
  /** the same lease, asked for before */
  again?: KeptLease;
}

interface About {
  /** the site is asked now; else what it told a moment ago will do */
  fresh: boolean;
  /** looks for the same lease, asked for before: in a project, or anywhere at its site, where it can't be asked for any more */
  own?(entry?: Entry): Promise<KeptLease | undefined>;
}

/**
 * Looks at a planned lease as if it were asked for. What can be known without the site is looked at first: then nothing is asked of it.
 * @throws AppError `not-found` for the site, or what kept one from asking it
 */
export async function judge(services: LeasingPorts, person: Visitor, wish: LeaseWish, about: About): Promise<Judged> {
  const site = await services.sites.find(person.id, wish.site);
  if (!site) throw new AppError({ ...notFound('site').toProblem(), fields: [{ path: 'site', message: 'There is no such site.' }] });
  const now = services.clock.now().getTime();
  const { plan } = wish;
  const early = knownWithout(plan, site, now);
  const times = lintTimes(plan, now).length === 0 ? spanOf(plan, now) : null;
  const nothing = { problems: [], span: times, cost: null, hosts: new Map(), alternatives: [], known: null };
  if (early.length > 0) {
    // a time that has passed since it was asked for first
    const again = times ? undefined : await about.own?.();
    return again ? { ...nothing, again } : { ...nothing, problems: early };
  }
  const entry = await services.desk.entry(person, site, wish);
  const again = await about.own?.(entry);
  if (again) return { ...nothing, again };
  const door = await enterBlazar(services, person, entry);
  const signedInBy = await signInOf(services, person, entry);
  const [known, may] = await Promise.all([
    readLeases(services, person, door, needsOf(plan.reservations), about.fresh ? 0 : BROWSE_MS),
    // Keystone is asked for this: only where it may say no
    signedInBy === 'applicationCredential' ? mayLease(door) : unknown,
  ]);
  const problems = lintLease(plan, known.site, { now, zone: wish.zone, credential: { kind: signedInBy, mayLease: may } });
  const span = spanOf(plan, now);
  const hosts = pickHosts(demandsOf(plan.reservations, known.site, { from: span.start }), span, known.site) ?? new Map();
  const cost = planCost(plan.reservations, span, known.site, hosts.size > 0 ? hosts : undefined);
  const alternatives = await insteadOf(services, person, plan, known, problems);
  return { problems, span, cost, hosts, alternatives, known, signedInBy };
}

const unknown = 'unknown' as const;
const mayLease = ({ reservation }: Entered): Promise<'yes' | 'no' | 'unknown'> => reservation.mayLease().catch(() => unknown);

/** What is wrong with a lease, as far as that can be known without asking its site. */
function knownWithout(plan: PlannedLease, site: Site, now: Moment): LeaseProblem[] {
  const offline = unasked(site);
  const times = lintTimes(plan, now);
  const elsewhere = new Set(['flavor-not-found', 'network-not-found']);
  return [
    ...lintName(plan.name, []),
    ...times,
    ...(times.length > 0 ? [] : lintLength(spanOf(plan, now), offline)),
    ...lintReservations(plan.reservations, offline).filter(({ code }) => !elsewhere.has(code)),
  ];
}

/** A site of which only its own rules are known. */
export function unasked(site: Site): LeaseSite {
  const none = { items: [], gaps: [] };
  const told = { hosts: null, allocations: null, leases: [], floatingIps: none, segments: none };
  const known = leaseSiteOf(site, { id: '' }, told, { flavors: [], networks: [] });
  return { ...known, addresses: null, segments: null };
}

async function insteadOf(
  services: LeasingPorts,
  person: Visitor,
  plan: PlannedLease,
  known: Known,
  problems: readonly LeaseProblem[],
): Promise<Offered[]> {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const now = services.clock.now().getTime();
  // where something else is wrong, no other time helps
  if (errors.length === 0 || errors.some(({ code }) => code !== 'no-host-available')) return [];
  const others = await otherSites(services, person, known.entry, plan);
  const ways = waysOf([known, ...others]);
  return alternativesTo(plan, known.site, { now, others: others.map(({ site }) => site) }).map((one) => offeredOf(one, ways));
}

export function waysOf(all: readonly Known[]): Map<string, { project: string; credential: string }> {
  return new Map(all.map(({ entry }) => [entry.site.id, { project: entry.project.id, credential: entry.credential }]));
}

const OTHERS_MS = 6000;

/** Further sites where a person may lease the same, as far as they tell in a short while. Hosts that were named are only at one site. */
export async function otherSites(services: LeasingPorts, person: Visitor, { site }: Entry, plan: PlannedLease): Promise<Known[]> {
  const here = plan.reservations.some(
    (one) => (one.kind === 'physical:host' && one.hosts !== undefined) || one.kind === 'virtual:floatingip' || one.kind === 'network',
  );
  if (here) return [];
  const all = (await services.sites.of(person.id)).filter(({ id, features }) => features.leases && id !== site.id);
  const asked = await services.desk.askAll(person, all);
  const told = await Promise.allSettled(
    asked.map(({ site: other, access }) =>
      withDeadline(
        async () => {
          const [project] = (await access).projects;
          if (!project) return [];
          const { credential, ...rest } = project;
          const door = await enterBlazar(services, person, { site: other, project: rest, credential });
          return [await readLeases(services, person, door, needsOf(plan.reservations), BROWSE_MS)];
        },
        OTHERS_MS,
        other.name,
      ),
    ),
  );
  return told.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}
