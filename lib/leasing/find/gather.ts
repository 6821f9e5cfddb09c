import { AppError, type Problem } from '@/lib/core/errors';
import { invalidInput } from '@/lib/core/problems';
import type { Entry, Visitor } from '@/lib/desk/types';
import type { LeaseSite, Span } from '@/lib/leases/types';
import { untilQuiet } from '@/lib/proposing/quiet';
import { withDeadline } from '@/lib/sites';
import type { Site } from '@/lib/sites/types';
import { BROWSE_MS, enterBlazar, type Needs, readLeases } from '../blazar';
import { projectsOf } from '../list';
import type { LeasingPorts } from '../ports';
import { publicSite } from './public-site';

/** Who told of a site, or why nobody did. */
export interface Source {
  site: string;
  siteName: string;
  source: 'site' | 'registry' | null;
  /** in which it was looked at */
  project: string | null;
  /** it has not answered yet */
  pending: boolean;
  problem: Problem | null;
}

/** A site of which something is known, or not (yet). */
export interface Gathered {
  source: Source;
  /** null: nothing is known of it */
  site: LeaseSite | null;
  entry: Entry | null;
  /** ids of hosts of which is not known when they are taken */
  unknown: ReadonlySet<string>;
}

export interface GatherWish {
  /** ids of sites; left out: all that lease */
  sites?: readonly string[];
  span: Span;
  needs?: Needs;
}

const SITE_MS = 20_000;
/** What a registry adds to what a site tells is not waited for longer. */
const ROOMS_MS = 5_000;
/** Without news for so long, those that are quick are taken to have told. */
const LULL_MS = 300;
/** News that come close together are told together. */
const TOGETHER_MS = 150;

/**
 * Looks at all sites that lease, for a person where they can enter, else (also for nobody) as public registries tell. Says what is known whenever more have
 * told; `settled` once those that are quick have.
 * @throws AppError `invalid-input` naming a site that is none
 */
export async function gather(
  services: LeasingPorts,
  person: Visitor | null,
  wish: GatherWish,
  say: (all: Gathered[], settled: boolean) => void,
): Promise<void> {
  const asked = await begin(services, person, wish);
  const told = new Map<Site, Gathered>();
  let settled = false;
  let timer: NodeJS.Timeout | undefined;
  let broken: { error: unknown } | undefined;
  const sayNow = () => {
    clearTimeout(timer);
    timer = undefined;
    if (broken) return;
    try {
      say(
        asked.map(({ site }) => told.get(site) ?? waiting(site)),
        settled,
      );
    } catch (error) {
      // thrown from a timer it would end the process: it is the caller's
      broken = { error };
    }
  };
  const news = asked.map(async ({ site, found }) => {
    const one = await found;
    told.set(site, one);
    timer ??= setTimeout(sayNow, TOGETHER_MS);
    return one;
  });
  await untilQuiet(news, ({ site }) => site !== null, LULL_MS);
  settled = true;
  timer ??= setTimeout(sayNow, 0);
  await Promise.all(news);
  sayNow();
  if (broken) throw broken.error;
}

/** The same site by site, each when it has told. Same errors as {@link gather}. */
export async function gatherEach(
  services: LeasingPorts,
  person: Visitor | null,
  wish: GatherWish,
  onTold: (one: Gathered) => void | Promise<void>,
): Promise<void> {
  const asked = await begin(services, person, wish);
  await Promise.all(asked.map(async ({ found }) => onTold(await found)));
}

async function begin(
  services: LeasingPorts,
  person: Visitor | null,
  wish: GatherWish,
): Promise<{ site: Site; found: Promise<Gathered> }[]> {
  const all = await services.sites.of(person?.id ?? null);
  const unknown = wish.sites?.find((id) => !all.some((site) => site.id === id));
  if (unknown !== undefined) throw invalidInput([{ path: 'site', message: `There is no site ${unknown}.` }]);
  const leasing = all.filter(({ id, features }) => features.leases && (wish.sites === undefined || wish.sites.includes(id)));
  if (!person) return leasing.map((site) => ({ site, found: asPublic(services, site, wish, needsSignIn(site)) }));
  const asked = await services.desk.askAll(person, leasing);
  return asked.map(({ site, access }) => ({
    site,
    found: access.then(async (known) => {
      const [entry] = projectsOf(site, known);
      if (!entry) return await asPublic(services, site, wish, known.reason ?? needsSignIn(site));
      try {
        return await withDeadline(
          () => asVisitor(services, person, entry, wish),
          SITE_MS,
          `${site.name} did not answer within ${SITE_MS / 1000} s`,
        );
      } catch (error) {
        return await asPublic(services, site, wish, AppError.from(error).toProblem());
      }
    }),
  }));
}

async function asVisitor(services: LeasingPorts, person: Visitor, entry: Entry, { needs, span }: GatherWish): Promise<Gathered> {
  const door = await enterBlazar(services, person, entry);
  const [{ site }, rooms] = await Promise.all([
    readLeases(services, person, door, needs, BROWSE_MS),
    needs?.flavors && entry.site.rules.flavorLeases ? roomsOf(services, entry.site, span) : null,
  ]);
  const source = { ...aboutOf(entry.site), source: 'site' as const, project: entry.project.id };
  return { source, site: rooms ? withRooms(site, rooms) : site, entry, unknown: new Set() };
}

/** How many machines of each flavor are free when, by its name: a site does not tell how full hosts are that several share, a registry does. */
async function roomsOf(services: LeasingPorts, site: Site, span: Span): Promise<LeaseSite['availability'] | null> {
  const late = `The registry did not tell within ${ROOMS_MS / 1000} s`;
  const told = await withDeadline(() => publicSite(services, site, span), ROOMS_MS, late).catch(() => null);
  return told?.site.availability ?? null;
}

function withRooms(site: LeaseSite, rooms: NonNullable<LeaseSite['availability']>): LeaseSite {
  const known = site.flavors.flatMap(({ id, name }) => {
    const room = rooms.get(name);
    return room ? [[id, room] as const] : [];
  });
  return { ...site, availability: new Map(known) };
}

async function asPublic(services: LeasingPorts, site: Site, { span }: GatherWish, otherwise: Problem): Promise<Gathered> {
  try {
    const found = await publicSite(services, site, span);
    if (found) return { source: { ...aboutOf(site), source: 'registry' }, entry: null, ...found };
    return { ...waiting(site), source: { ...aboutOf(site), problem: otherwise } };
  } catch (error) {
    return { ...waiting(site), source: { ...aboutOf(site), problem: AppError.from(error).toProblem() } };
  }
}

const aboutOf = ({ id, name }: Site): Source => ({ site: id, siteName: name, source: null, project: null, pending: false, problem: null });

const waiting = (site: Site): Gathered => ({ source: { ...aboutOf(site), pending: true }, site: null, entry: null, unknown: new Set() });

const needsSignIn = ({ name }: Site): Problem => ({
  code: 'credential-missing',
  title: `${name} tells only who has signed in there`,
  detail: `No public registry tells what is free at ${name}.`,
  remedy: 'Sign in, and give a credential for it in Settings → Credentials.',
});
