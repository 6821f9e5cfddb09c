import type { QueryFunctionContext } from '@tanstack/react-query';
import type { List } from '@/lib/api/contract/common';
import type { SiteSummary, SiteView } from '@/lib/api/contract/sites';
import { readLines } from './client';
import { gathered } from './gathered';

/**
 * All sites: shown at once with what is known of each; those that must be asked follow as they answer. One that was known before stays until it is
 * told anew, or until all were told and it was not among them.
 */
export async function readSites({ client, queryKey, signal }: QueryFunctionContext): Promise<List<SiteView>> {
  const before = new Map(client.getQueryData<List<SiteView>>(queryKey)?.items.map((site) => [site.id, site]));
  const found = new Map<string, SiteView>();
  const list = (sites: ReadonlyMap<string, SiteView>) => ({ items: [...sites.values()], next: null });
  const showing = gathered(() => client.setQueryData<List<SiteView>>(queryKey, list(new Map([...before, ...found]))));
  try {
    await readLines<SiteView>('GET', '/sites', { signal }, (site) => {
      found.set(site.id, withKnownAccess(site, before.get(site.id)));
      showing.changed();
    });
  } finally {
    showing.end();
  }
  return list(found);
}

// What was known stays on the screen until the site is asked again.
function withKnownAccess(site: SiteView, before: SiteView | undefined): SiteView {
  if (site.access !== 'unknown' || !before) return site;
  return { ...site, access: before.access, reason: before.reason, projects: before.projects };
}

/** What is left and offered at each site that one can use. */
export interface Summaries {
  items: SiteSummary[];
}

/** What is at all sites that one can use: what is kept at once, then what each site tells. */
export async function readSummaries({ client, queryKey, signal }: QueryFunctionContext): Promise<Summaries> {
  const found = new Map(client.getQueryData<Summaries>(queryKey)?.items.map((line) => [line.site, line]));
  const list = () => ({ items: [...found.values()] });
  const showing = gathered(() => client.setQueryData<Summaries>(queryKey, list()));
  try {
    await readLines<SiteSummary>('GET', '/facts', { signal }, (line) => {
      found.set(line.site, line);
      showing.changed();
    });
  } finally {
    showing.end();
  }
  return list();
}
