import type { Person } from '@/lib/auth/types';
import type { SiteView } from './contract/sites';
import type { Services } from './services';
import { siteView } from './views';

/**
 * All sites as a person sees them (or somebody who has not signed in): those that are ready first.
 * @param waitMs how long to wait for sites that must be asked
 */
export async function listSites({ sites, desk }: Services, person: Person | null, waitMs: number): Promise<SiteView[]> {
  const all = await sites.of(person?.id ?? null);
  const access = person ? await desk.survey(person, all, waitMs) : new Map();
  const rank: Record<SiteView['access'], number> = { ready: 0, unknown: 1, 'needs-credential': 2, unreachable: 3, denied: 4 };
  return all
    .map((site) => siteView(site, access.get(site.id)))
    .sort((a, b) => rank[a.access] - rank[b.access] || a.name.localeCompare(b.name, 'en'));
}

/**
 * Says every site at once with what is known, then each that had to be asked as soon as it has answered. It ends when the last has
 * answered, or was given up.
 */
export async function tellSites({ sites, desk }: Services, person: Person | null, say: (line: SiteView) => void): Promise<void> {
  const all = await sites.of(person?.id ?? null);
  const known = new Map(person ? all.map((site) => [site.id, desk.known(person, site)]) : []);
  for (const site of all) say(siteView(site, known.get(site.id)));
  if (!person) return;
  const asked = await desk.askAll(person, all);
  await Promise.all(asked.map(async ({ site, access }) => known.get(site.id) ?? say(siteView(site, await access))));
}
