import { AppError, type Problem } from '@/lib/core/errors';
import type { Entry, Visitor } from '@/lib/desk/types';
import type { SiteAccess } from '@/lib/sites';
import type { Site } from '@/lib/sites/types';
import { enterBlazar } from './blazar';
import { noteLeases } from './note';
import type { LeasingPorts } from './ports';
import { leasesOf, standingOn, whereaboutsOf } from './rows';
import type { LeaseSummary } from './types';
import { summaryOf } from './view';

/** What a site told of somebody's leases; `site: null` is what is kept of all. */
export interface LeasesLine {
  site: string | null;
  items: LeaseSummary[];
  problem: Problem | null;
}
interface Query {
  site?: string;
  past?: boolean;
}

/** Of somebody's many projects at a site so many are looked into. */
const MOST_PROJECTS = 8;

/**
 * Says a person's leases: at once what is kept, then each site's as it tells them. Leases that were made elsewhere are in it, too. It ends when the
 * last has told, or was given up.
 */
export async function tellLeases(services: LeasingPorts, person: Visitor, query: Query, say: (line: LeasesLine) => void): Promise<void> {
  const sites = (await services.sites.of(person.id)).filter(
    ({ id, features }) => features.leases && (query.site === undefined || id === query.site),
  );
  const kept = await keptLeases(services, person, query);
  say({ site: null, items: kept, problem: null });
  const asked = await services.desk.askAll(person, sites);
  await Promise.all(
    asked.map(async ({ site, access }) => {
      const problem = await lookInto(services, person, site, await access);
      const items = await keptLeases(services, person, { ...query, site: site.id });
      if (!problem || kept.some((one) => one.site === site.id) || problem.code !== 'credential-missing')
        say({ site: site.id, items, problem });
    }),
  );
}

/** The same as a list, of what is known after a while; what takes longer goes on. */
export async function listLeases(services: LeasingPorts, person: Visitor, query: Query, waitMs: number): Promise<LeaseSummary[]> {
  if (waitMs > 0) {
    const told = tellLeases(services, person, query, () => {});
    await Promise.race([told, new Promise((resolve) => setTimeout(resolve, waitMs).unref())]);
    told.catch(() => undefined); // what comes too late is told to nobody
  }
  return await keptLeases(services, person, query);
}

/** A person's leases as they are kept. */
async function keptLeases({ store, sites }: LeasingPorts, person: Visitor, query: Query): Promise<LeaseSummary[]> {
  const [rows, all, standing] = await Promise.all([
    leasesOf(store.db, person.id, query),
    sites.of(person.id),
    standingOn(store.db, person.id),
  ]);
  const names = new Map(all.map(({ id, name }) => [id, name]));
  return rows.map((row) => summaryOf(row, names.get(row.site) ?? row.site, standing(row.site, row.lease_id)));
}

/** Reads the leases of a person's projects at a site, and notes them. @returns why it could not be read; null where it was */
async function lookInto(services: LeasingPorts, person: Visitor, site: Site, access: SiteAccess): Promise<Problem | null> {
  if (access.access !== 'ready') return access.reason ?? noWay(site);
  const tried = await Promise.allSettled(
    projectsOf(site, access).map(async (entry) => {
      const at = services.clock.now();
      const { reservation } = await enterBlazar(services, person, entry);
      const listed = await reservation.leases();
      await noteLeases(services, whereaboutsOf(person.id, entry), listed, at);
    }),
  );
  const failed = tried.find((one) => one.status === 'rejected');
  return failed ? AppError.from(failed.reason).toProblem() : null;
}

/** The projects of a person at a site, each by the first credential that leads there. */
export function projectsOf(site: Site, { projects }: SiteAccess): Entry[] {
  const distinct = projects.filter(({ id }, index) => projects.findIndex((one) => one.id === id) === index);
  return distinct.slice(0, MOST_PROJECTS).map(({ credential, ...project }) => ({ site, project, credential }));
}

const noWay = (site: Site): Problem => ({
  code: 'credential-missing',
  title: `You have no way into ${site.name} yet`,
  detail: `${site.name} needs a credential of yours.`,
  remedy: 'Give one in Settings → Credentials.',
});
