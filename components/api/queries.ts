import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { List } from '@/lib/api/contract/common';
import type { Credential, OwnStoreView, RevocationView } from '@/lib/api/contract/credentials';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import type { PersonalToken, SessionView, SshKey } from '@/lib/api/contract/people';
import type { RecipeList, RecipeView } from '@/lib/api/contract/recipes';
import type { SiteFactsView, SiteView } from '@/lib/api/contract/sites';
import type { NoticesView, NotificationsView } from '@/lib/api/contract/telling';
import { get, readMe } from './client';
import { readSites, readSummaries } from './streams';

/** While newer facts are being read, they are asked for after so long. */
const askAgainMs = 2000;

/** What is at a site; with `refresh`, as the site says it now. */
export function readFacts(site: string, query: { project?: string; refresh?: boolean }, signal?: AbortSignal): Promise<SiteFactsView> {
  return get<SiteFactsView>(`/sites/${encodeURIComponent(site)}/facts`, query, signal);
}

/** What the screens read of the API beside the parts of deployments: one place that knows keys and paths. */
export const queries = {
  me: () => queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => readMe(signal), staleTime: 300_000, meta: { anonymous: true } }),
  recipes: () =>
    queryOptions({
      queryKey: ['recipes'],
      queryFn: ({ signal }) => get<RecipeList>('/recipes', { limit: 200 }, signal),
      staleTime: 300_000,
      meta: { anonymous: true },
    }),
  recipe: (id: string, addOns: string[] = []) =>
    queryOptions({
      queryKey: ['recipes', id, ...addOns],
      queryFn: ({ signal }) => get<RecipeView>(`/recipes/${encodeURIComponent(id)}`, { addOns: addOns.join(',') }, signal),
      staleTime: 300_000,
      placeholderData: keepPreviousData,
      meta: { anonymous: true },
    }),
  /** one deployment; its parts are read by its own page */
  deployment: (id: string) =>
    queryOptions({
      queryKey: ['deployments', id, 'view'],
      queryFn: ({ signal }) => get<DeploymentView>(`/deployments/${encodeURIComponent(id)}`, {}, signal),
    }),
  sites: () => queryOptions({ queryKey: ['sites'], queryFn: readSites, staleTime: 60_000, meta: { anonymous: true } }),
  summaries: () => queryOptions({ queryKey: ['sites', 'summaries', 'of all'], queryFn: readSummaries, staleTime: 30_000 }),
  site: (id: string) =>
    queryOptions({
      queryKey: ['sites', id],
      queryFn: ({ signal }) => get<SiteView>(`/sites/${encodeURIComponent(id)}`, {}, signal),
      staleTime: 60_000,
    }),
  facts: (site: string, project?: string) =>
    queryOptions({
      queryKey: ['sites', site, 'facts', project],
      queryFn: ({ signal }) => readFacts(site, { project }, signal),
      staleTime: 30_000,
      refetchInterval: ({ state }) => (state.data?.refreshing ? askAgainMs : false),
    }),
  /** the names in the person's own secrets store; it fails only where there is one */
  ownStore: () =>
    queryOptions({
      queryKey: ['own-store'],
      queryFn: ({ signal }) => get<OwnStoreView>('/credentials/own-store', {}, signal),
      staleTime: 30_000,
      retry: false,
    }),
  credentials: () =>
    queryOptions({ queryKey: ['credentials'], queryFn: ({ signal }) => get<List<Credential>>('/credentials', { limit: 200 }, signal) }),
  /** what could not be revoked at sites yet */
  revocations: () =>
    queryOptions({
      queryKey: ['credentials', 'revocations'],
      queryFn: ({ signal }) => get<List<RevocationView>>('/credentials/revocations', { limit: 200 }, signal),
    }),
  sshKeys: () => queryOptions({ queryKey: ['ssh-keys'], queryFn: ({ signal }) => get<List<SshKey>>('/ssh-keys', { limit: 200 }, signal) }),
  /** how one is told in time … */
  notifications: () =>
    queryOptions({ queryKey: ['notifications'], queryFn: ({ signal }) => get<NotificationsView>('/notifications', {}, signal) }),
  /** … and what one was told */
  notices: (language: 'en' | 'es') =>
    queryOptions({ queryKey: ['notices', language], queryFn: ({ signal }) => get<NoticesView>('/notices', { language }, signal) }),
  sessions: () =>
    queryOptions({ queryKey: ['sessions'], queryFn: ({ signal }) => get<List<SessionView>>('/sessions', { limit: 200 }, signal) }),
  tokens: () =>
    queryOptions({ queryKey: ['tokens'], queryFn: ({ signal }) => get<List<PersonalToken>>('/tokens', { limit: 200 }, signal) }),
};
