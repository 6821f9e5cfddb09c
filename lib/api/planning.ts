import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Person } from '@/lib/auth/types';
import { AppError } from '@/lib/core/errors';
import { type PlanningInput, placeKey } from '@/lib/planning/draft';
import { planDeployment } from '@/lib/planning/plan';
import type { Placement, Plan, PlanProblem, PlanRequest } from '@/lib/planning/types';
import type { Site, SiteFacts } from '@/lib/sites/types';
import type { PlanView, planRequestSchema } from './contract/deployments';
import { expectedTime } from './expected-time';
import type { Services } from './services';
import type { Door } from './site-desk';
import { ALONE_MS, PLAN_AGE_MS, siteFacts } from './site-facts';

/** A plan, and the request with what it left open filled in. */
export interface Planned {
  plan: Plan;
  request: PlanRequest;
  facts: Record<string, SiteFacts>;
}

/**
 * Plans a deployment for a person: finds projects and credentials where the request leaves them open, reads what is at its
 * sites, and lets the planner decide. What a site refuses becomes a problem of the plan.
 * @throws AppError `not-found` or `recipe-invalid` for the recipe, `invalid-input` for add-ons that do not fit
 */
export async function makePlan(services: Services, person: Person, asked: z.output<typeof planRequestSchema>): Promise<Planned> {
  const recipe = services.catalog.recipe(asked.recipe, asked.addOns);
  const found = await findPlaces(services, person, asked.placement);
  const request: PlanRequest = { recipe: asked.recipe, addOns: asked.addOns, inputs: asked.inputs, placement: found.placement };
  const { sites, facts, reservations, problems } = found;
  const sshOnly = Object.values(sites).flatMap((site) => (services.ports.callbackUrl(site) === null ? [site.id] : []));
  const { ownAddresses } = services.config;
  const input: PlanningInput = { recipe, request, sites, facts, reservations, seed: seedOf(person, request), ownAddresses, sshOnly };
  const drawn = planDeployment(input);
  const seconds = await expectedTime(services.store, asked.recipe, Object.keys(sites));
  const plan: Plan = seconds === null ? drawn : { ...drawn, totals: { ...drawn.totals, seconds } };
  // what the site itself says tells more than the planner's "not known"
  const told = new Set(problems.map(({ field }) => field));
  return { plan: { ...plan, problems: [...problems, ...plan.problems.filter(({ field }) => !told.has(field))] }, request, facts };
}

// By who asks for what where, so that the same request shows the same plan each time, whatever is typed meanwhile.
function seedOf(person: Person, { recipe, addOns, placement }: PlanRequest): string {
  const places = Object.entries(placement).map(([group, { site, project }]) => [group, site, project]);
  return createHash('sha256')
    .update(JSON.stringify([person.id, recipe, addOns, places]))
    .digest('hex')
    .slice(0, 16);
}

interface Places {
  placement: Record<string, Placement>;
  sites: Record<string, Site>;
  facts: Record<string, SiteFacts>;
  reservations: Record<string, { id: string }>;
  problems: PlanProblem[];
}

async function findPlaces(services: Services, person: Person, asked: Record<string, Placement>): Promise<Places> {
  const places: Places = { placement: {}, sites: {}, facts: {}, reservations: {}, problems: [] };
  await Promise.all(
    Object.entries(asked).map(async ([group, placement]) => {
      places.placement[group] = placement;
      const site = await services.sites.find(person.id, placement.site);
      if (!site) return; // the planner says so
      places.sites[site.id] = site;
      try {
        const door = await services.desk.door(person, site, placement);
        places.placement[group] = { ...placement, project: door.project.id, credential: door.credential };
        places.facts[placeKey(site.id, door.project.id)] = await siteFacts(services, person, door, PLAN_AGE_MS, ALONE_MS);
        if (placement.lease) places.reservations[placement.lease] = await reservationOf(services, person, door, placement.lease);
      } catch (error) {
        places.problems.push({ ...AppError.from(error).toProblem(), severity: 'error', field: `placement.${group}.site` });
      }
    }),
  );
  // in the order of the request, whichever site answered first
  places.placement = Object.fromEntries(
    Object.keys(asked).flatMap((group) => (places.placement[group] ? [[group, places.placement[group]]] : [])),
  );
  return places;
}

async function reservationOf({ desk }: Services, person: Person, door: Door, leaseId: string): Promise<{ id: string }> {
  const cloud = await desk.enter(person, door);
  const lease = await cloud.reservation?.lease(leaseId);
  const reservation = lease?.reservations.find(({ kind }) => kind === 'physical:host');
  if (reservation) return { id: reservation.id };
  throw new AppError({
    code: 'invalid-input',
    title: `There is no such lease at ${door.site.name}`,
    detail: `${door.site.name} has no lease ${leaseId} with reserved hosts in this project.`,
    remedy: 'Choose one of the project’s leases.',
  });
}

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
