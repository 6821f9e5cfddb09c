import type { Recipe } from '@/lib/catalog/recipe';
import { planDeployment } from '@/lib/planning/plan';
import type { SecurityRule } from '@/lib/planning/types';
import { imaginaryFacts, imaginarySites } from './imaginary-sites';
import type { TrialPlan } from './types';

/** What a recipe would make with its defaults, at sites that are not there and have everything. Parts that must be apart are. */
export function planOfTrial(recipe: Recipe): TrialPlan {
  const { here, there } = imaginarySites;
  const facts = imaginaryFacts(recipe.detail.groups);
  const placement = Object.fromEntries(
    recipe.detail.sets.flatMap(({ groups, apart }, index) =>
      groups.map((group) => [group, { site: apart && index > 0 ? there.id : here.id, project: 'trial', credential: 'oidc:trial' }]),
    ),
  );
  const plan = planDeployment({
    recipe,
    request: { recipe: recipe.detail.id, addOns: recipe.addOns, inputs: {}, placement },
    sites: { [here.id]: here, [there.id]: there },
    facts: { [`${here.id}/trial`]: facts, [`${there.id}/trial`]: facts },
    seed: 'trial000',
  });
  return {
    totals: plan.totals,
    nodes: plan.nodes.map(({ hostname, group, steps }) => ({ hostname, group, steps: steps.map(({ name, title }) => ({ name, title })) })),
    resources: plan.resources.map(({ kind, summary }) => ({ kind, summary })),
    ports: plan.resources.flatMap(({ group, spec }) =>
      spec.kind === 'securityGroup'
        ? spec.rules.filter(({ direction }) => direction === 'ingress').map((rule) => portLine(group ?? '', rule))
        : [],
    ),
    problems: plan.problems.map(({ field, detail, remedy }) => ({ field, detail, remedy })),
  };
}

function portLine(group: string, { protocol, fromPort, toPort, cidr, why }: SecurityRule): TrialPlan['ports'][number] {
  const ports = fromPort === undefined ? '' : fromPort === toPort ? String(fromPort) : `${fromPort}–${toPort}`;
  return { group, protocol, ports, from: cidr ?? group, why };
}
