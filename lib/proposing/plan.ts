import { createHash } from 'node:crypto';
import { AppError } from '@/lib/core/errors';
import { ALONE_MS, PLAN_AGE_MS, siteFacts } from '@/lib/desk/site-facts';
import type { Visitor } from '@/lib/desk/types';
import { type HeldReservation, type PlanningInput, placeKey } from '@/lib/planning/draft';
import { planDeployment } from '@/lib/planning/plan';
import type { Placement, Plan, PlanProblem, PlanRequest } from '@/lib/planning/types';
import type { Site, SiteFacts } from '@/lib/sites/types';
import { expectedTime } from './expected-time';
import { heldReservation, withLeaseOfSite } from './held-lease';
import { leaseShortages } from './lease-shortage';
import { leaseProblems } from './lease-times';
import { closeRanges } from './ranges';
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
 * @param maxAgeMs how old what sites told may be
 * @throws AppError `not-found` or `recipe-invalid` for the recipe, `invalid-input` for add-ons that do not fit
 */
export async function makePlan(services: ProposingPorts, person: Visitor, asked: Wish, maxAgeMs = PLAN_AGE_MS): Promise<Planned> {
  const recipe = services.catalog.recipe(asked.recipe, asked.addOns);
  const found = await findPlaces(services, person, asked.placement, maxAgeMs);
  const closed = closeRanges(recipe.detail.inputs, asked.inputs, asked.ownRange ?? null);
  const request: PlanRequest = { recipe: asked.recipe, addOns: asked.addOns, inputs: closed.answers, placement: found.placement };
  const { sites, facts, reservations } = found;
  const problems = [...found.problems, ...closed.problems];
  const sshOnly = Object.values(sites).flatMap((site) => (services.ports.callbackUrl(site) === null ? [site.id] : []));
  const { ownAddresses } = services.config;
  const input: PlanningInput = { recipe, request, sites, facts, reservations, seed: seedOf(person, request), ownAddresses, sshOnly };
  const drawn = planDeployment(input);
  const seconds = await expectedTime(services.store, asked.recipe, Object.keys(sites));
  const plan: Plan = seconds === null ? drawn : { ...drawn, totals: { ...drawn.totals, seconds } };
  // what the site itself says tells more than the planner's "not known"
  const told = new Set(problems.map(({ field }) => field));
  const late = leaseProblems(plan, request, sites, services.clock.now());
  // where a time is wrong, what is free then says nothing
  if (late.every(({ severity }) => severity === 'warning')) late.push(...(await leaseShortages(services, person, plan, sites, facts)));
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

/** Where a request leads, and what is there. */
export interface Places {
  placement: Record<string, Placement>;
  sites: Record<string, Site>;
  facts: Record<string, SiteFacts>;
  reservations: Record<string, HeldReservation>;
  problems: PlanProblem[];
}

/**
 * Finds projects and credentials where a request leaves them open, and reads what is there. What a site refuses is a problem.
 * @param deployment the one that is planned again: what it stands on has room for it
 */
export async function findPlaces(
  services: ProposingPorts,
  person: Visitor,
  asked: Record<string, Placement>,
  maxAgeMs: number,
  deployment?: string,
): Promise<Places> {
  const places: Places = { placement: {}, sites: {}, facts: {}, reservations: {}, problems: [] };
  await Promise.all(
    Object.entries(asked).map(async ([group, wanted]) => {
      places.placement[group] = wanted;
      const site = await services.sites.find(person.id, wanted.site);
      if (!site) return; // the planner says so
      places.sites[site.id] = site;
      const stands = (part: string) => (error: unknown) => {
        places.problems.push({ ...AppError.from(error).toProblem(), severity: 'error', field: `placement.${group}.${part}` });
        return undefined;
      };
      const placement = await withLeaseOfSite(services, person, wanted).catch(stands('lease'));
      if (!placement) return;
      try {
        const entry = await services.desk.entry(person, site, placement);
        places.placement[group] = { ...placement, project: entry.project.id, credential: entry.credential };
        places.facts[placeKey(site.id, entry.project.id)] = await siteFacts(services, person, entry, { maxAgeMs, deadlineMs: ALONE_MS });
        const { lease } = placement;
        const held =
          lease === undefined ? undefined : await heldReservation(services, person, entry, lease, deployment).catch(stands('lease'));
        if (lease !== undefined && held) places.reservations[lease] = held;
      } catch (error) {
        stands('site')(error);
      }
    }),
  );
  // in the order of the request, whichever site answered first
  places.placement = Object.fromEntries(
    Object.keys(asked).flatMap((group) => (places.placement[group] ? [[group, places.placement[group]]] : [])),
  );
  return places;
}
