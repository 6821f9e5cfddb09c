import type { Recipe } from '@/lib/catalog/recipe';
import { AppError } from '@/lib/core/errors';
import { ALONE_MS, AMONG_MANY_MS } from '@/lib/desk/site-facts';
import type { Visitor } from '@/lib/desk/types';
import { distanceKm } from '@/lib/sites';
import type { Site } from '@/lib/sites/types';
import { matchEntry, misfit, unheard } from './match-entry';
import { untilQuiet } from './quiet';
import { byRank } from './rank';
import type { MatchItem, MatchRequest, ProposingPorts, Ranking } from './types';

/** A site that has not told all that is needed for so long is ranked as unreachable; what it says later is kept for the next time. */
const PATIENCE_MS = 5500;
/** Without news for so long, those that are quick are taken to have told. */
const LULL_MS = 300;
/** News that come close together are told together. */
const TOGETHER_MS = 100;
/** Of somebody's many projects at a site so many are ranked: those of their virtual organisations come first. */
const MOST_PROJECTS = 8;
/** With no more sites than these, nobody is kept waiting by another's slowness: each gets the time of a site asked alone. */
const FEW_SITES = 3;

/** Where distances are counted from, in degrees. */
export interface Origin {
  lat: number;
  lon: number;
}

/** One site of a ranking that is under way. */
interface Asked {
  site: Site;
  distance: number | null;
  /** an item for each project there; never rejects */
  items: Promise<MatchItem[]>;
}

/** A ranking that has begun: all sites are being asked at once. */
export interface Match {
  asked: Asked[];
  deadlineMs: number;
}

/**
 * Begins to rank all sites for a recipe with its inputs.
 * @throws AppError `not-found`, `recipe-invalid` or `invalid-input` for what is asked
 */
export async function beginMatch(services: ProposingPorts, person: Visitor, request: MatchRequest, origin: Origin | null): Promise<Match> {
  const recipe = services.catalog.recipe(request.recipe, request.addOns);
  if (request.group !== undefined && !recipe.groups.some(({ name }) => name === request.group)) throw noGroup(recipe, request.group);
  const set = recipe.detail.sets.find(({ name }) => name === request.set);
  if (request.set !== undefined && !set) throw noSet(recipe, request.set);
  const wanted = { ...request, group: request.group ?? set?.groups[0] };
  const all = await services.sites.of(person.id);
  const deadlineMs = all.length > FEW_SITES ? AMONG_MANY_MS : ALONE_MS;
  const asked = (await services.desk.askAll(person, all)).map(({ site, access }) => {
    const distance = distanceTo(site, origin);
    const items = access.then(({ access, projects, reason }) => {
      if (access !== 'ready') return [reason ? misfit(site, distance, reason) : unheard(site, distance)];
      const entries = distinct(projects)
        .slice(0, MOST_PROJECTS)
        .map(({ credential, ...project }) => ({ site, project, credential }));
      return Promise.all(entries.map((entry) => matchEntry(services, person, recipe, wanted, entry, distance, deadlineMs)));
    });
    return { site, distance, items };
  });
  return { asked, deadlineMs };
}

/** The ranking once all have told, the nearest that fits first. Those that hang are ranked as unreachable after a while. */
export async function wholeMatch({ asked, deadlineMs }: Match): Promise<MatchItem[]> {
  const cap = new Promise((resolve) => setTimeout(resolve, Math.max(PATIENCE_MS, deadlineMs)).unref());
  const items = await Promise.all(
    asked.map(({ site, distance, items }) => Promise.race([items, cap.then(() => [unheard(site, distance)])])),
  );
  return items.flat().sort(byRank);
}

/**
 * Says the ranking as it grows: first when a site has told, last when all have. It is `settled` once those that are quick have told,
 * so that one who hangs keeps nobody waiting.
 */
export async function tellMatch({ asked }: Match, say: (ranking: Ranking) => void): Promise<void> {
  const told = new Map<Site, MatchItem[]>();
  let settled = false;
  let timer: NodeJS.Timeout | undefined;
  const sayNow = () => {
    clearTimeout(timer);
    timer = undefined;
    const items = asked.flatMap(({ site, distance }) => told.get(site) ?? [unheard(site, distance)]);
    say({ items: items.sort(byRank), settled });
  };
  const saySoon = () => {
    timer ??= setTimeout(sayNow, told.size > 1 ? TOGETHER_MS : 0);
  };
  const news = asked.map(async ({ site, items }) => {
    const found = await items;
    told.set(site, found);
    saySoon();
    return found;
  });
  const hasProject = (items: MatchItem[]) => items.some(({ project }) => project !== null);
  await untilQuiet(news, hasProject, LULL_MS);
  settled = true;
  saySoon();
  await Promise.all(news);
  sayNow();
}

// Two credentials may lead to one project; the first will do.
function distinct<T extends { id: string }>(projects: readonly T[]): T[] {
  return projects.filter((project, index) => projects.findIndex(({ id }) => id === project.id) === index);
}

function distanceTo({ lat, lon }: Site, origin: Origin | null): number | null {
  return origin && lat !== undefined && lon !== undefined ? distanceKm(origin, { lat, lon }) : null;
}

function noGroup(recipe: Recipe, group: string): AppError {
  const message = `The recipe has no group “${group}”; its groups are ${recipe.groups.map(({ name }) => name).join(', ')}.`;
  return new AppError({ code: 'invalid-input', title: message, fields: [{ path: 'group', message }] });
}

function noSet({ detail }: Recipe, set: string): AppError {
  const message = `The recipe has no part “${set}”; its parts are ${detail.sets.map(({ name }) => name).join(', ')}.`;
  return new AppError({ code: 'invalid-input', title: message, fields: [{ path: 'set', message }] });
}
