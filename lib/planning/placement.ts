import { countExpression, countOf } from '@/lib/catalog/groups';
import type { GroupTemplate } from '@/lib/catalog/recipe';
import { type Draft, placeKey, type SiteProject } from './draft';
import { problem } from './problems';
import type { Placement, PlanProblem } from './types';

/** Nodes of one deployment: what is planned, kept and shown is a row a node. */
const mostNodes = 1000;

/** A group that has nodes, and where they go. */
export interface PlacedGroup {
  template: GroupTemplate;
  placement: Placement;
  place: SiteProject;
  count: number;
}

/**
 * Decides where each group with nodes goes: as the request says; a group of which it says nothing goes with the others of
 * its set. What can't be placed is a problem, and left out.
 */
export function placeGroups(draft: Draft): PlacedGroup[] {
  const { recipe, request } = draft.input;
  for (const name of Object.keys(request.placement))
    if (!recipe.groups.some((group) => group.name === name))
      draft.problems.push(
        problem('invalid-input', `The recipe has no group "${name}".`, {
          field: `placement.${name}`,
          remedy: `Its groups are ${recipe.groups.map((group) => group.name).join(', ')}.`,
        }),
      );
  const sites = new Map<string, { site: string; group: string }>();
  const apart = new Set(recipe.detail.sets.filter((set) => set.apart).map(({ name }) => name));
  let room = mostNodes;
  return recipe.groups.flatMap((template) => {
    const wanted = countOf(template, recipe.template, draft.values);
    const count = Math.min(wanted, room);
    if (count < wanted) draft.problems.push(tooMany(template));
    room -= count;
    if (count === 0) return [];
    const placement = placementOf(template, draft);
    if (!placement) {
      draft.problems.push(
        problem('invalid-input', `It is not said where ${template.label} goes.`, {
          field: `placement.${template.name}`,
          remedy: 'Choose a site for this group.',
        }),
      );
      return [];
    }
    const first = sites.get(template.placementSet);
    if (first && first.site !== placement.site) {
      draft.problems.push(
        problem(
          'invalid-input',
          `${template.label} must be at the same site as ${first.group} (${own(draft.input.sites, first.site)?.name ?? first.site}).`,
          {
            field: `placement.${template.name}.site`,
          },
        ),
      );
      return [];
    }
    const beside = [...sites].find(
      ([set, { site }]) => set !== template.placementSet && site === placement.site && (apart.has(set) || apart.has(template.placementSet)),
    );
    if (beside && !first)
      draft.problems.push(
        problem(
          'invalid-input',
          `${template.label} must not be at the same site as ${beside[1].group} (${own(draft.input.sites, placement.site)?.name ?? placement.site}).`,
          {
            field: `placement.${template.name}.site`,
            remedy: 'Choose another site for one of them.',
          },
        ),
      );
    sites.set(template.placementSet, { site: placement.site, group: template.label });
    const place = placeOf(template, placement, draft);
    return place ? [{ template, placement, place, count }] : [];
  });
}

function tooMany({ label, node }: GroupTemplate): PlanProblem {
  const count = countExpression(node);
  return problem('invalid-input', `With ${label} the deployment has more than ${mostNodes} nodes.`, {
    field: count?.kind === 'input' ? `inputs.${count.name}` : undefined,
    remedy: 'Ask for fewer nodes, or make several deployments.',
  });
}

function placementOf(template: GroupTemplate, draft: Draft): Placement | undefined {
  const { recipe, request } = draft.input;
  const asked = own(request.placement, template.name);
  if (asked) return asked;
  const together = recipe.groups.filter(({ placementSet }) => placementSet === template.placementSet);
  const other = together.map(({ name }) => own(request.placement, name)).find((found) => found !== undefined);
  if (!other) return undefined;
  // these hold for all of a set; flavor, image and lease are the group's own
  const { site, project, credential, network, pool, nameServers, router, configDrive, volumeType } = other;
  return { site, project, credential, network, pool, nameServers, router, configDrive, volumeType };
}

// Names come from people: `constructor` must not find what every object has.
function own<T>(record: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function placeOf(template: GroupTemplate, placement: Placement, draft: Draft): SiteProject | undefined {
  const { sites, facts } = draft.input;
  const field = `placement.${template.name}`;
  const site = own(sites, placement.site);
  const fail = (part: string, detail: string, remedy: string) => {
    draft.problems.push(problem('invalid-input', detail, { field: `${field}.${part}`, remedy }));
    return undefined;
  };
  if (!site) return fail('site', `There is no site "${placement.site}".`, 'Choose one of the sites.');
  if (!placement.project) return fail('project', `It is not said which project at ${site.name} is used.`, 'Choose a project.');
  if (!placement.credential)
    return fail('credential', `It is not said with which credential ${site.name} is used.`, 'Choose a credential.');
  const known = draft.places.find((place) => place.site.id === site.id);
  if (known && known.project === placement.project && known.credential === placement.credential) return known;
  if (known)
    return fail(
      'project',
      `At ${site.name} this deployment already uses another project or credential.`,
      'Use one project and credential a site.',
    );
  const there = own(facts, placeKey(site.id, placement.project));
  if (!there) return fail('site', `What ${site.name} offers is not known.`, 'Try again when the site answers.');
  const place = { site, project: placement.project, credential: placement.credential, facts: there, index: draft.places.length };
  draft.places.push(place);
  return place;
}
