import { type Cache, cacheOf } from '@/lib/core/cache';
import type { Clock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { log } from '@/lib/core/log';
import { type FirstFacts, readSiteFacts } from '@/lib/sites';
import type { SiteFacts } from '@/lib/sites/types';
import { type Kept, keepFacts, readKept } from './kept-facts';
import { keptAlone, withKeptParts } from './kept-parts';
import type { DeskPorts, Entry, Visitor } from './types';

/** For a page, facts of this age will do; a plan that is looked at asks for younger ones, and one that is to be carried out for what stands there now. */
const PAGE_AGE_MS = 300_000;
export const PLAN_AGE_MS = 30_000;
export const NOW_MS = 0;
/** Facts so old are shown on a page while newer ones are read. */
const SHOWN_MS = 86_400_000;
/** A site that could not be read in the background is asked again by a page after this. */
const AGAIN_MS = 60_000;
const MOST_FAILED = 10_000;
/** What a site did not tell is asked for again after this. */
const GAP_AGE_MS = 10_000;
/** What a site has among many for each part of its facts. */
export const AMONG_MANY_MS = 5000;
/** One site alone may take longer: a person waits for just this one. */
export const ALONE_MS = 20_000;

type OnFirst = (told: Partial<FirstFacts>) => void;

/** A reading that is under way. */
interface Reading {
  facts: Promise<SiteFacts>;
  /** what is known first, so far */
  first: Partial<FirstFacts>;
  /** who wants to know it */
  listeners: OnFirst[];
}
const reading = new Map<string, Reading>();

/** How old facts may be, and how long a site has to tell others. */
interface Wanted {
  maxAgeMs: number;
  /** of what the site offers, where it is to be younger than for a plan */
  offerAgeMs?: number;
  /** for each part of them */
  deadlineMs?: number;
}

/**
 * What is at a site for a person's project, read anew when the kept facts are too old; without what the site offers where that alone is not. When the site does not
 * answer, the kept facts are given with a gap that says so.
 * @throws AppError when there are none to give
 */
export async function siteFacts(services: DeskPorts, person: Visitor, entry: Entry, wanted: Wanted): Promise<SiteFacts> {
  return await keptOrRead(services, person, entry, wanted, await readKept(services.store.db, person, entry));
}

async function keptOrRead(
  services: DeskPorts,
  person: Visitor,
  entry: Entry,
  { maxAgeMs, offerAgeMs = PLAN_AGE_MS, deadlineMs = AMONG_MANY_MS }: Wanted,
  kept?: Kept,
): Promise<SiteFacts> {
  const isYounger = (ms: number) => kept !== undefined && isFresh(services, kept.readAt, kept.facts.gaps, ms);
  if (kept && isYounger(maxAgeMs)) return kept.facts;
  try {
    // what it did not tell is not taken for what it offers
    const isWhole = kept?.facts.gaps.length === 0;
    return await readOnce(services, person, entry, { deadlineMs, known: isWhole && isYounger(offerAgeMs) ? kept : undefined });
  } catch (error) {
    if (!kept) throw error;
    return keptAlone(kept.facts, AppError.from(error).toProblem());
  }
}

/**
 * The same for a page: old facts are given at once while the site is asked in the background, and `refreshing` says that newer ones are
 * on their way. Only where there are none, or far too old ones, the page waits for the site.
 */
export async function pageFacts(services: DeskPorts, person: Visitor, entry: Entry): Promise<SiteFacts & { refreshing: boolean }> {
  const kept = await readKept(services.store.db, person, entry);
  if (!kept || ageOf(services, kept.readAt) > SHOWN_MS) {
    return { ...(await keptOrRead(services, person, entry, { maxAgeMs: PAGE_AGE_MS, deadlineMs: ALONE_MS }, kept)), refreshing: false };
  }
  const refreshing = isToRefresh(services, person, entry, kept.readAt, kept.facts.gaps);
  // what fails is told when somebody asks for it by the button, and the old facts stay
  if (refreshing) void readOnce(services, person, entry, { deadlineMs: ALONE_MS }).catch(() => noteFailure(services, person, entry));
  return { ...kept.facts, refreshing };
}

/** Whether kept facts are so old that a page has them read anew, from a site that is not left alone for a while. */
export function isToRefresh(services: DeskPorts, person: Visitor, entry: Entry, readAt: Date, gaps: SiteFacts['gaps']): boolean {
  return !isFresh(services, readAt, gaps, PAGE_AGE_MS) && !hasFailed(services, person, entry);
}

/**
 * Asks a site among many for its facts, and keeps them.
 * @param onFirst called with what is known first, while the rest is still being told
 * @throws AppError when the site cannot be entered
 */
export async function readAmongMany(services: DeskPorts, person: Visitor, entry: Entry, onFirst: OnFirst): Promise<SiteFacts> {
  try {
    return await readOnce(services, person, entry, { deadlineMs: AMONG_MANY_MS, onFirst });
  } catch (error) {
    noteFailure(services, person, entry);
    throw error;
  }
}

const ageOf = ({ clock }: DeskPorts, readAt: Date): number => clock.now().getTime() - readAt.getTime();

function isFresh(services: DeskPorts, readAt: Date, gaps: SiteFacts['gaps'], maxAgeMs: number): boolean {
  return ageOf(services, readAt) < (gaps.length > 0 ? Math.min(maxAgeMs, GAP_AGE_MS) : maxAgeMs);
}

/** Sites that could not be read in the background just now, by clock; they are left alone for a while then. */
const failed = new WeakMap<Clock, Cache<true>>();

function failuresOf({ clock }: DeskPorts): Cache<true> {
  const known = failed.get(clock) ?? cacheOf<true>(MOST_FAILED, { clock, lastsMs: AGAIN_MS });
  failed.set(clock, known);
  return known;
}

const noteFailure = (services: DeskPorts, person: Visitor, entry: Entry) => failuresOf(services).set(keyOf(person, entry), true);

const hasFailed = (services: DeskPorts, person: Visitor, entry: Entry): boolean => failuresOf(services).has(keyOf(person, entry));

const keyOf = (person: Visitor, entry: Entry): string => `${person.id} ${entry.site.id} ${entry.project.id}`;

/** How a site is asked. */
interface Asking {
  deadlineMs: number;
  /** facts of which what it offers is taken */
  known?: Kept;
  onFirst?: OnFirst;
}

// All who want the same at the same time share one reading, which is over when what was told is kept.
function readOnce(services: DeskPorts, person: Visitor, entry: Entry, { deadlineMs, known, onFirst }: Asking): Promise<SiteFacts> {
  const key = `${keyOf(person, entry)} ${deadlineMs} ${known ? 'what stands' : 'all'}`;
  const under = reading.get(key);
  if (under) {
    if (onFirst) under.listeners.push(onFirst);
    if (onFirst && Object.keys(under.first).length > 0) onFirst(under.first);
    return under.facts;
  }
  const listeners = onFirst ? [onFirst] : [];
  const first: Partial<FirstFacts> = {};
  const onEach: OnFirst = (told) => {
    Object.assign(first, told);
    for (const listener of listeners) listener(told);
  };
  const facts = readNow(services, person, entry, { deadlineMs, known, onFirst: onEach });
  reading.set(key, { facts, first, listeners });
  const over = () => reading.delete(key);
  // facts are as old as the oldest of them: else what a site offers would never be asked for again where many deploy
  const readAt = () => known?.readAt ?? services.clock.now();
  facts.then((facts) => keepFacts(services.store.db, person, entry, { facts, readAt: readAt() }).catch(tellUnkept)).then(over, over);
  return facts;
}

function tellUnkept(err: unknown): void {
  log.warn({ err }, 'what a site told could not be kept; it will be asked again');
}

async function readNow({ clock, desk, store }: DeskPorts, person: Visitor, entry: Entry, { deadlineMs, known, onFirst }: Asking) {
  const offer = known?.facts;
  const read = await readSiteFacts(await desk.enter(person, entry), entry.site, clock, { deadlineMs, onFirst, offer });
  const kept = read.gaps.length > 0 ? await readKept(store.db, person, entry) : undefined;
  return kept ? withKeptParts(read, kept.facts) : read;
}
