import { createHash } from 'node:crypto';
import { AppError } from '@/lib/core/errors';
import { ALONE_MS, PLAN_AGE_MS, siteFacts } from '@/lib/desk/site-facts';
import type { Entry, Visitor } from '@/lib/desk/types';
import { type HeldReservation, type PlanningInput, placeKey } from '@/lib/planning/draft';
import { planDeployment } from '@/lib/planning/plan';
import type { Placement, Plan, PlanProblem, PlanRequest } from '@/lib/planning/types';
import type { Site, SiteFacts } from '@/lib/sites/types';
import { expectedTime } from './expected-time';
import { leaseProblems } from './lease-times';
import type { ProposingPorts, Wish } from './types';

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
export async function makePlan(services: ProposingPorts, person: Visitor, asked: Wish): Promise<Planned> {
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
  const late = leaseProblems(plan, request, services.clock.now());
  return { plan: { ...plan, problems: [...problems, ...plan.problems.filter(({ field }) => !told.has(field)), ...late] }, request, facts };
}

// By who asks for what where, so that the same request shows the same plan each time, whatever is typed meanwhile.
function seedOf(person: Visitor, { recipe, addOns, placement }: PlanRequest): string {
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
  reservations: Record<string, HeldReservation>;
  problems: PlanProblem[];
}

async function findPlaces(services: ProposingPorts, person: Visitor, asked: Record<string, Placement>): Promise<Places> {
  const places: Places = { placement: {}, sites: {}, facts: {}, reservations: {}, problems: [] };
  await Promise.all(
    Object.entries(asked).map(async ([group, placement]) => {
      places.placement[group] = placement;
      const site = await services.sites.find(person.id, placement.site);
      if (!site) return; // the planner says so
      places.sites[site.id] = site;
      try {
        const entry = await services.desk.entry(person, site, placement);
        places.placement[group] = { ...placement, project: entry.project.id, credential: entry.credential };
        places.facts[placeKey(site.id, entry.project.id)] = await siteFacts(services, person, entry, PLAN_AGE_MS, ALONE_MS);
        if (placement.lease) places.reservations[placement.lease] = await reservationOf(services, person, entry, placement.lease);
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

async function reservationOf({ desk }: ProposingPorts, person: Visitor, entry: Entry, leaseId: string): Promise<HeldReservation> {
  const cloud = await desk.enter(person, entry);
  const lease = await cloud.reservation?.lease(leaseId);
  const hosts = lease?.reservations.find(({ kind }) => kind === 'physical:host');
  const machines = lease?.reservations.find(({ kind }) => kind === 'flavor:instance');
  if (lease && hosts) return { id: hosts.id, start: lease.start, end: lease.end, count: hosts.max };
  if (lease && machines?.flavor?.id)
    return { id: machines.id, start: lease.start, end: lease.end, count: machines.amount, flavorId: machines.flavor.id };
  throw new AppError({
    code: 'invalid-input',
    title: `There is no such lease at ${entry.site.name}`,
    detail: `${entry.site.name} has no lease ${leaseId} with reserved hosts or machines in this project.`,
    remedy: 'Choose one of the project’s leases.',
  });
}
