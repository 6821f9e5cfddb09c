import { isDeepStrictEqual } from 'node:util';
import type { Recipe, SoftwareTemplate } from '@/lib/catalog/recipe';
import { PLAN_AGE_MS } from '@/lib/desk/site-facts';
import type { Visitor } from '@/lib/desk/types';
import { asStood } from '@/lib/planning/change/images';
import { keepStanding } from '@/lib/planning/change/keep-standing';
import { asDrawn, asStanding } from '@/lib/planning/change/marks';
import { otherSteps } from '@/lib/planning/change/other-steps';
import { outgrown, resizable, withoutFlavors } from '@/lib/planning/change/resize';
import { type Leaving, type PlanningInput, placeKey } from '@/lib/planning/draft';
import { planDeployment } from '@/lib/planning/plan';
import type { Plan, PlanProblem, PlanRequest } from '@/lib/planning/types';
import { findPlaces, type Places } from './plan';
import type { ProposingPorts } from './types';

/** Software that goes with its add-on, from machines that stay. Pure. */
export function goneSoftware(before: Recipe, { software, groups }: Recipe): SoftwareTemplate[] {
  const stays = new Set(software.map(({ name }) => name));
  return before.software.filter(({ name, group }) => !stays.has(name) && groups.some((each) => each.name === group));
}

/** A deployment that is to be another. */
export interface Standing {
  id: string;
  recipe: Recipe;
  /** with the add-ons that stand, where these are others */
  before: Recipe;
  plan: Plan;
  /** what was asked for … */
  was: PlanRequest;
  /** … and what is now */
  is: PlanRequest;
  leaving: Leaving;
}

export interface PlannedAgain {
  plan: Plan;
  /** what is asked for now, without flavors that were chosen for smaller machines */
  request: PlanRequest;
  /** what stands with what sees to the nodes that go; null: no recipe's step does */
  draining: Plan | null;
  problems: PlanProblem[];
  /** keys of servers that could get their other flavor where they stand */
  resizable: Set<string>;
}

/**
 * Plans what a deployment is to become: what stands stays as it is, but for what is asked for now. What was asked for before is planned anew
 * beside it, by which that is told from what is merely otherwise at the site today.
 * @param maxAgeMs how old what sites told may be
 */
export async function planAgain(
  services: ProposingPorts,
  person: Visitor,
  standing: Standing,
  maxAgeMs = PLAN_AGE_MS,
): Promise<PlannedAgain> {
  const { id, recipe, before, plan: stands, was, is, leaving } = standing;
  const places = await findPlaces(services, person, is.placement, maxAgeMs, id);
  const { sites, facts, reservations } = places;
  const sshOnly = Object.values(sites).flatMap((site) => (services.ports.callbackUrl(site) === null ? [site.id] : []));
  const { ownAddresses } = services.config;
  const about = { recipe, sites, facts, reservations, seed: id, ownAddresses, sshOnly, standing: asDrawn(stands) };
  const pins = pinned(places, standing);
  const planned = (request: PlanRequest, more: Partial<PlanningInput> = {}, placement = pins) =>
    asStanding(planDeployment({ ...about, request: { ...request, placement }, ...more }), stands);
  const stood = asStood(facts, standing, pins);
  const today = planned(was, { recipe: before, facts: stood.facts }, stood.placement);
  const asked = planned(is);
  const small = outgrown(recipe, was, is, asked.problems);
  const wanted = small.size === 0 ? asked : planned(is, {}, withoutFlavors(pins, small));
  const plan = keepStanding(stands, today, wanted);
  const problems = [...places.problems, ...errorsFirst(today), ...wanted.problems, ...otherSteps(stands, today, plan)].filter(isFirst);
  const drains =
    leaving.nodes.length > 0 && before.software.some(({ forLeaving }) => leaving.nodes.some(({ group }) => group === forLeaving));
  const removing = new Set(
    goneSoftware(before, recipe)
      .filter(({ removal }) => removal.length > 0)
      .map(({ name }) => name),
  );
  const draining =
    drains || removing.size > 0
      ? keepStanding(stands, today, planned(was, { recipe: before, facts: stood.facts, leaving, removing }, stood.placement))
      : null;
  return {
    plan,
    request: { ...is, placement: withoutFlavors(is.placement, small) },
    draining: draining && { ...draining, totals: stands.totals, siteTotals: stands.siteTotals },
    problems,
    resizable: resizable(stands, plan, ({ site, project }, flavor) =>
      facts[placeKey(site, project)]?.flavors.find(({ id }) => id === flavor),
    ),
  };
}

// What can't be planned any more as it stands can't be changed either; warnings of that are nobody's news.
const errorsFirst = ({ problems }: Plan): PlanProblem[] => problems.filter(({ severity }) => severity === 'error');
const isFirst = (one: PlanProblem, index: number, all: PlanProblem[]) => all.findIndex((other) => isDeepStrictEqual(other, one)) === index;

// More of the same are the same: the flavor and image of those that stand, while their site has them and no more than numbers is changed.
function pinned({ placement, facts }: Places, { recipe, before, plan: stands, was, is }: Standing): PlanRequest['placement'] {
  const counts = new Set(recipe.detail.groups.flatMap(({ countInput }) => countInput ?? []));
  const known = [before, recipe].map(({ detail }) => new Set(detail.inputs.map(({ name }) => name)));
  const rest = ({ inputs }: PlanRequest) =>
    Object.fromEntries(Object.entries(inputs).filter(([name]) => !counts.has(name) && known.every((names) => names.has(name))));
  if (!isDeepStrictEqual(rest(was), rest(is))) return placement;
  return Object.fromEntries(
    Object.entries(placement).map(([group, place]) => {
      const server = stands.resources.find((resource) => resource.kind === 'server' && resource.group === group)?.spec;
      const there = facts[placeKey(place.site, place.project ?? '')];
      if (server?.kind !== 'server' || !there) return [group, place];
      const flavor = there.flavors.some(({ id }) => id === server.flavorId) ? (place.flavor ?? server.flavorId) : place.flavor;
      const image = there.images.some(({ id }) => id === server.imageId) ? (place.image ?? server.imageId) : place.image;
      return [group, { ...place, ...(flavor !== undefined && { flavor }), ...(image !== undefined && { image }) }];
    }),
  );
}
