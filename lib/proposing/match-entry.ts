import type { Recipe } from '@/lib/catalog/recipe';
import { AppError, type ErrorCode, type Problem } from '@/lib/core/errors';
import { PLAN_AGE_MS, siteFacts } from '@/lib/desk/site-facts';
import type { Entry, Visitor } from '@/lib/desk/types';
import { matchSite } from '@/lib/planning/match';
import type { Site } from '@/lib/sites/types';
import { downtimeReasons, withDowntime } from './downtime';
import type { MatchItem, MatchRequest, ProposingPorts } from './types';

/**
 * How a recipe with its inputs fits into one project of a site. Never throws: a site that does not tell is one that does not fit, with
 * its reason.
 * @param distance in km
 * @param deadlineMs for each part of the site's facts
 */
export async function matchEntry(
  services: ProposingPorts,
  person: Visitor,
  recipe: Recipe,
  { inputs, group, chosen }: MatchRequest,
  entry: Entry,
  distance: number | null,
  deadlineMs: number,
): Promise<MatchItem> {
  const { site, project, credential } = entry;
  try {
    const facts = await siteFacts(services, person, entry, { maxAgeMs: PLAN_AGE_MS, deadlineMs });
    const match = matchSite(recipe, inputs, site, facts, group, isThere(entry, chosen) ? chosen?.machines : undefined);
    const first = Object.values(match.choices)[0];
    const downtime = downtimeReasons(site, services.clock.now());
    const gaps = facts.gaps.map(({ part, problem, since }) => ({
      good: false,
      text: since === undefined ? `Not known (${part}): ${problem.title}` : `Known from ${since} (${part}): ${problem.title}`,
      remedy: problem.remedy,
    }));
    return {
      site: site.id,
      project,
      credential,
      fits: match.fits,
      pending: false,
      down: downtime.down,
      mendable: true,
      score: match.score,
      reasons: [...withDowntime(match, downtime.reasons), ...gaps],
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

const isThere = ({ site, project }: Entry, chosen: MatchRequest['chosen']): boolean =>
  chosen?.site === site.id && (chosen.project === undefined || chosen.project === project.id);

/** What a person mends by access of their own: another credential, a sign-in, a virtual organisation. */
const byThePerson = new Set<ErrorCode>([
  'credential-missing',
  'credential-expired',
  'credential-invalid',
  'session-expired',
  'vo-not-mapped',
  'project-not-yours',
]);

/** A site without a project for this person, or one that did not tell. */
export function misfit(site: Site, distance: number | null, { code, detail, remedy }: Problem): MatchItem {
  return {
    site: site.id,
    project: null,
    credential: null,
    fits: false,
    pending: false,
    down: false,
    mendable: byThePerson.has(code),
    score: 0,
    reasons: [{ good: false, text: detail, ...(remedy ? { remedy } : {}) }],
    flavor: null,
    image: null,
    choices: {},
    headroom: {},
    distanceKm: distance,
  };
}

/** A site that has not told in time. */
export function unheard(site: Site, distance: number | null): MatchItem {
  return { ...misfit(site, distance, late(site)), pending: true };
}

function late(site: Site): Problem {
  return {
    code: 'site-unreachable',
    title: `${site.name} has not answered`,
    detail: `${site.name} has not said in time what you can use there.`,
    remedy: 'It is asked again in a moment.',
  };
}
