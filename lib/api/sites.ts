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
