import type { Stands, Usage } from '@/components/map/markers';
import { isOfUse, toneOfStanding } from '@/components/shared/deployment-standing';
import type { Tone } from '@/components/ui/tone';
import type { ClusterView } from '@/lib/api/contract/clusters';
import type { DeploymentSummary } from '@/lib/api/contract/deployments';
import type { PairView } from '@/lib/api/contract/pairs';
import type { SiteSummary, SiteView } from '@/lib/api/contract/sites';

/** What works together over two sites or more, by its name and where it can be looked at. */
export type Together = (Stands[number] & { name: string; href: string; tone: Tone })[];

const toneOfPair: Record<PairView['state'], Tone> = { making: 'busy', standing: 'ok', removing: 'busy', broken: 'bad', undone: 'idle' };
const lame = new Set(['failing', 'open', 'half-open']);

/** Deployments over several sites, and pairs of clusters that stand at two. A pair whose worker does not answer is as good as none. */
export function together(
  deployments: readonly DeploymentSummary[],
  pairs: readonly PairView[],
  clusters: readonly Pick<ClusterView, 'id' | 'site'>[],
): Together {
  const siteOf = new Map(clusters.flatMap(({ id, site }) => (site === null ? [] : [[id, site] as const])));
  const spans = deployments
    .filter(({ sites }) => sites.length > 1)
    .map((each) => ({ id: each.id, name: each.name, sites: each.sites, tone: toneOfStanding(each), href: `/deployments/${each.id}` }));
  const ofPairs = pairs.flatMap(({ id, name, state, origin, worker, watch, problem }) => {
    const [from, to] = [siteOf.get(origin.id ?? ''), siteOf.get(worker.id ?? '')];
    if (from === undefined || to === undefined || from === to || state === 'undone') return [];
    const isLame = state === 'standing' && ((watch !== null && lame.has(watch.state)) || problem !== null);
    const tone: Tone = isLame ? 'warn' : toneOfPair[state];
    return [{ id: `pair ${id ?? name}`, name, sites: [from, to], tone, href: id === null ? '/clusters' : `/pairs/${id}` }];
  });
  return [...spans, ...ofPairs];
}

/** What stands on the map, and how it is. */
export const standsOf = (deployments: readonly DeploymentSummary[]): Stands =>
  deployments.map((each) => ({ id: each.id, sites: each.sites, tone: toneOfStanding(each) }));

/** How much of the quota of cores is used at each site that told it and has one. */
export function usageOf(summaries: readonly Pick<SiteSummary, 'site' | 'quotas'>[]): Usage {
  const usage = new Map<string, number>();
  for (const { site, quotas } of summaries) {
    const { limit, used } = quotas?.cores ?? { limit: null, used: 0 };
    if (limit === null) continue;
    // of several projects the fullest: there one stops first
    usage.set(site, Math.max(usage.get(site) ?? 0, limit === 0 ? 1 : Math.min(1, used / limit)));
  }
  return usage;
}

/** Sites that are worth a look: those that something stands on, the fullest of it first, then those that are open. */
export function sitesToShow(sites: readonly SiteView[], deployments: readonly DeploymentSummary[], chosen: string | undefined): SiteView[] {
  const count = (id: string) => deployments.filter((each) => each.sites.includes(id)).length;
  return sites
    .filter(({ id, access }) => access === 'ready' || count(id) > 0 || id === chosen)
    .toSorted((a, b) => count(b.id) - count(a.id) || a.name.localeCompare(b.name));
}

/** What the map says in figures. */
export function figuresOf(deployments: readonly DeploymentSummary[]) {
  return {
    working: deployments.filter(isOfUse).length,
    needMe: deployments.filter(({ state }) => state === 'failed' || state === 'degraded').length,
    ready: deployments.reduce((sum, { nodes }) => sum + nodes.ready, 0),
    nodes: deployments.reduce((sum, { nodes }) => sum + nodes.total, 0),
    sites: new Set(deployments.flatMap(({ sites }) => sites)).size,
  };
}
