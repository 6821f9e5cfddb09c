import type { Recipe } from '@/lib/catalog/recipe';
import type { InputValues } from '@/lib/catalog/types';
import type { QuotaName, Site, SiteFacts } from '@/lib/sites/types';
import { left } from './choose';
import { type Draft, placeKey, type SiteProject } from './draft';
import { draftPlan } from './plan';
import { headroomOf, quotaList, unsureQuotas } from './totals';
import type { Placement, Plan, PlanProblem } from './types';
import { cpuWords, memoryWords } from './words';

type Choice = Pick<Placement, 'flavor' | 'image' | 'trustedImage' | 'imageIs'>;

export interface SiteMatch {
  fits: boolean;
  /** why, or why not */
  reasons: { good: boolean; text: string; remedy?: string }[];
  /** group → flavor and image id that would be taken; null where none fits */
  choices: Record<string, { flavor: string | null; image: string | null }>;
  /** what the quotas leave when it is deployed; null: no limit, negative: too small */
  headroom: Record<string, number | null>;
  /** 0 to 1: which of the fitting sites to prefer */
  score: number;
}

/**
 * Says whether a recipe fits at a site for one project, by planning it there. Pure.
 * @param inputs as far as they are filled in; what is missing has its default
 * @param site where
 * @param facts what is there for the project
 * @param group only the groups that must go with this one; left out: all
 * @param machines what is chosen for groups already
 */
export function matchSite(
  recipe: Recipe,
  inputs: InputValues,
  site: Site,
  facts: SiteFacts,
  group?: string,
  machines: Record<string, Choice> = {},
): SiteMatch {
  const project = 'project';
  const set = recipe.groups.find(({ name }) => name === group)?.placementSet;
  const groups = recipe.groups.filter(({ placementSet }) => set === undefined || placementSet === set);
  const part = { ...recipe, groups };
  const placement = Object.fromEntries(
    groups.map(({ name }): [string, Placement] => [
      name,
      { ...(Object.hasOwn(machines, name) ? machines[name] : {}), site: site.id, project, credential: 'any' },
    ]),
  );
  const { plan, draft } = draftPlan({
    recipe: part,
    request: { recipe: recipe.detail.id, addOns: recipe.addOns, inputs, placement },
    sites: { [site.id]: site },
    facts: { [placeKey(site.id, project)]: facts },
    seed: 'match',
  });
  // wrong inputs are the form's business; here it is about the site
  const problems = plan.problems.filter(({ field }) => !field?.startsWith('inputs.') || !site.features.volumes);
  const fits = plan.nodes.length > 0 && problems.every(({ severity }) => severity === 'warning');
  const [place] = draft.places;
  const rest: Record<string, number | null> = place ? headroomOf(draft, place) : {};
  return {
    fits,
    reasons: [
      ...problems.filter((each) => !isUnsure(each)).map(asReason),
      ...leasing(facts, fits),
      ...(fits && place ? [suffices(draft, place, plan)] : []),
    ],
    choices: Object.fromEntries(groups.map(({ name }) => [name, choiceOf(plan, name)])),
    headroom: rest,
    score: place && fits ? scoreOf(draft, place) : 0,
  };
}

function asReason({ detail, remedy, severity }: PlanProblem): SiteMatch['reasons'][number] {
  return { good: severity === 'warning', text: detail, ...(remedy && { remedy }) };
}

// Where machines are given out by lease, it matters whether one could begin now.
function leasing({ leaseHosts, flavors }: SiteFacts, fits: boolean): SiteMatch['reasons'] {
  if (fits || !leaseHosts || !flavors.some(({ bareMetal }) => bareMetal)) return [];
  const { free, total } = leaseHosts;
  return [{ good: free > 0, text: `Bare metal needs a lease here: ${free} of ${total} hosts are free now.` }];
}

// said below in one sentence, together with what is known
const isUnsure = ({ code, severity }: PlanProblem): boolean => code === 'quota-exceeded' && severity === 'warning';

// What is not known suffices for nothing, and what is known of old sufficed then.
function suffices(draft: Draft, place: SiteProject, { totals: { nodes, vcpus, ramMiB } }: Plan): SiteMatch['reasons'][number] {
  const wanted = `${nodes} ${nodes === 1 ? 'node' : 'nodes'} (${cpuWords(vcpus)}, ${memoryWords(ramMiB)} of memory)`;
  const { unknown, old, since } = unsureQuotas(draft, place);
  if (unknown.length > 0)
    return { good: false, text: `Whether the quota suffices for ${wanted} is not known: the site did not tell ${quotaList(unknown)}.` };
  if (old.length > 0)
    return { good: false, text: `The quota that was told at ${since} suffices for ${wanted}; the site does not tell it now.` };
  return { good: true, text: `The quota suffices for ${wanted}.` };
}

function choiceOf(plan: Plan, group: string): { flavor: string | null; image: string | null } {
  const server = plan.resources.find((resource) => resource.kind === 'server' && resource.group === group);
  return server?.spec.kind === 'server' ? { flavor: server.spec.flavorId, image: server.spec.imageId } : { flavor: null, image: null };
}

// The share of the scarcest quota that would be left, of those that the plan draws on.
function scoreOf(draft: Draft, place: SiteProject): number {
  const rest = headroomOf(draft, place);
  const shares = Object.entries(place.facts.quotas).map(([name, quota]) => {
    const remaining = rest[name as QuotaName]; // the keys of quotas are those of the headroom
    const isUntouched =
      remaining === undefined || remaining === null || remaining === left(quota) || quota.limit === null || quota.limit <= 0;
    return isUntouched ? 1 : remaining / (quota.limit ?? 1);
  });
  return Math.max(0, Math.min(1, ...shares));
}
