import { placeKey } from '@/lib/planning/draft';
import type { Placement, Plan } from '@/lib/planning/types';
import type { Planned } from '@/lib/proposing/plan';
import type { SiteFacts } from '@/lib/sites/types';
import type { PlanView } from './contract/deployments';

/** A plan as people see it: without the steps' scripts. */
export function planView({ plan, request, facts }: Planned): PlanView {
  return {
    recipe: plan.recipe,
    resources: plan.resources.map(({ key, kind, site, group, dependsOn, summary }) => ({ key, kind, site, group, dependsOn, summary })),
    nodes: plan.nodes.map(({ key, hostname, group, site, steps }) => ({
      key,
      hostname,
      group,
      site,
      steps: steps.map(({ name, title }) => ({ name, title })),
    })),
    placement: Object.fromEntries(
      Object.entries(request.placement).map(([group, placement]) => [group, resolved(group, placement, plan, facts)]),
    ),
    totals: plan.totals,
    siteTotals: plan.siteTotals,
    problems: plan.problems,
  };
}

function resolved(group: string, placement: Placement, plan: Plan, facts: Record<string, SiteFacts>): PlanView['placement'][string] {
  const spec = plan.resources.find((resource) => resource.kind === 'server' && resource.group === group)?.spec;
  if (spec?.kind !== 'server') return placement;
  const there = facts[placeKey(placement.site, placement.project ?? '')];
  return {
    ...placement,
    flavor: spec.flavorId,
    image: spec.imageId,
    flavorName: there?.flavors.find(({ id }) => id === spec.flavorId)?.name,
    imageName: there?.images.find(({ id }) => id === spec.imageId)?.name,
  };
}
