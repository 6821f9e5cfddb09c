import type { z } from 'zod';
import type { Person } from '@/lib/auth/types';
import type { Recipe } from '@/lib/catalog/recipe';
import { AppError, type Problem } from '@/lib/core/errors';
import { matchSite } from '@/lib/planning/match';
import { distanceKm } from '@/lib/sites';
import type { Site } from '@/lib/sites/types';
import type { MatchItem, matchRequestSchema } from './contract/sites';
import { downtimeReasons } from './match-downtime';
import { byRank } from './match-rank';
import { untilQuiet } from './quiet';
import type { Services } from './services';
import type { Door } from './site-desk';
import { ALONE_MS, PLAN_AGE_MS, siteFacts } from './site-facts';

/** A site that has not told all that is needed for so long is ranked as unreachable; what it says later is kept for the next time. */
const PATIENCE_MS = 5500;
/** Without news for so long, a ranking that may be partial is given. */
const LULL_MS = 300;
/** Of somebody's many projects at a site so many are ranked: those of their virtual organisations come first. */
const MOST_PROJECTS = 8;
/** With no more sites than these, nobody is kept waiting by another's slowness: each gets the time of a site asked alone. */
const FEW_SITES = 3;

/** Where distances are counted from, in degrees. */
export interface Origin {
  lat: number;
  lon: number;
}

/**
 * Ranks all sites for a recipe with its inputs: the nearest that fits first. All sites are asked at once, and none waits for another; one
 * that hangs or refuses is ranked last, with its reason.
 */
export async function matchSites(
  services: Services,
  person: Person,
  asked: z.output<typeof matchRequestSchema>,
  origin: Origin | null,
): Promise<MatchItem[]> {
  const recipe = services.catalog.recipe(asked.recipe, asked.addOns);
  if (asked.group !== undefined && !recipe.groups.some(({ name }) => name === asked.group)) throw noGroup(recipe, asked.group);
  const all = await services.sites.of(person.id);
  const deadlineMs = all.length > FEW_SITES ? 5000 : ALONE_MS;
  const matched = (await services.desk.askAll(person, all)).map(({ site, access }) => {
    const distance = distanceTo(site, origin);
    const items = access.then(({ access, projects, reason }) => {
      if (access !== 'ready') return [misfit(site, distance, reason ?? late(site))];
      const doors = distinct(projects)
        .slice(0, MOST_PROJECTS)
        .map(({ credential, ...project }) => ({ site, project, credential }));
      return Promise.all(doors.map((door) => matchDoor(services, person, recipe, asked, door, distance, deadlineMs)));
    });
    return { site, distance, items };
  });
  const cap = new Promise((resolve) => setTimeout(resolve, Math.max(PATIENCE_MS, deadlineMs)).unref());
  const isNews = (items: MatchItem[]) => items.some(({ project }) => project !== null);
  const news = matched.map(({ items }) => items);
  const end = asked.partial ? Promise.race([cap, untilQuiet(news, isNews, LULL_MS)]) : cap;
  const items = await Promise.all(
    matched.map(({ site, distance, items }) =>
      Promise.race([items, end.then((): MatchItem[] => [{ ...misfit(site, distance, late(site)), pending: true }])]),
    ),
  );
  return items.flat().sort(byRank);
}

async function matchDoor(
  services: Services,
  person: Person,
  recipe: Recipe,
  { inputs, group }: z.output<typeof matchRequestSchema>,
  door: Door,
  distance: number | null,
  deadlineMs: number,
): Promise<MatchItem> {
  const { site, project, credential } = door;
  try {
    const facts = await siteFacts(services, person, door, PLAN_AGE_MS, deadlineMs);
    const match = matchSite(recipe, inputs, site, facts, group);
    const first = Object.values(match.choices)[0];
    const downtime = downtimeReasons(site, services.clock.now());
    const gaps = facts.gaps.map(({ part, problem }) => ({
      good: false,
      text: `Not known (${part}): ${problem.title}`,
      remedy: problem.remedy,
    }));
    return {
      site: site.id,
      project,
      credential,
      fits: match.fits,
      pending: false,
      down: downtime.down,
      score: match.score,
      reasons: [...downtime.reasons, ...match.reasons, ...gaps],
      flavor: first?.flavor ?? null,
      image: first?.image ?? null,
      choices: match.choices,
      headroom: match.headroom,
      distanceKm: distance,
    };
  } catch (error) {
    return { ...misfit(site, distance, AppError.from(error).toProblem()), project, credential };
  }
}

function misfit(site: Site, distance: number | null, { detail, remedy }: Problem): MatchItem {
  return {
    site: site.id,
    project: null,
    credential: null,
    fits: false,
    pending: false,
    down: false,
    score: 0,
    reasons: [{ good: false, text: detail, ...(remedy ? { remedy } : {}) }],
    flavor: null,
    image: null,
    choices: {},
    headroom: {},
    distanceKm: distance,
  };
}

// Two credentials may lead to one project; the first will do.
function distinct<T extends { id: string }>(projects: readonly T[]): T[] {
  return projects.filter((project, index) => projects.findIndex(({ id }) => id === project.id) === index);
}

function distanceTo({ lat, lon }: Site, origin: Origin | null): number | null {
  return origin && lat !== undefined && lon !== undefined ? distanceKm(origin, { lat, lon }) : null;
}

function late(site: Site): Problem {
  return {
    code: 'site-unreachable',
    title: `${site.name} has not answered`,
    detail: `${site.name} has not said in time what you can use there.`,
    remedy: 'It is asked again in a moment.',
  };
}

function noGroup(recipe: Recipe, group: string): AppError {
  const message = `The recipe has no group “${group}”; its groups are ${recipe.groups.map(({ name }) => name).join(', ')}.`;
  return new AppError({ code: 'invalid-input', title: message, fields: [{ path: 'group', message }] });
}
