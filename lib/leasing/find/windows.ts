import { invalidInput } from '@/lib/core/problems';
import type { Visitor } from '@/lib/desk/types';
import { DAY, HOUR, MINUTE, toIso } from '@/lib/leases/calendar/moments';
import { findOffers, type Nothing, type Offer, type Wish } from '@/lib/leases/find/finder';
import { lintCount } from '@/lib/leases/lint/hosts';
import type { Cost } from '@/lib/leases/rules/cost';
import { type Preset, presetSearch } from '@/lib/leases/time/presets';
import type { LeaseSite, Moment, PlannedReservation, Span } from '@/lib/leases/types';
import type { LeasingPorts } from '../ports';
import { type Gathered, gather, type Source } from './gather';
import { type Wanted, wantedHosts } from './wanted';

/** When can so many be had for so long? */
export interface WindowsWish extends Wanted {
  site?: readonly string[];
  /** machines instead of hosts: a flavor's name or id; `any`: by what it has at least */
  flavor?: string;
  /** hosts of several types together will do */
  mixed: boolean;
  count: number;
  hours: number;
  from?: Moment;
  to?: Moment;
  /** instead of `from` and `to`, by the clocks of a zone */
  preset?: Preset;
  zone?: string;
  limit: number;
}

/** A time at a site, in the form in which it is told. */
export interface OfferLine {
  site: string;
  siteName: string;
  project: string | null;
  credential: string | null;
  start: string;
  end: string;
  count: number;
  nodeType?: string;
  flavor?: string;
  hosts: string[];
  free: number;
  latestStart: string;
  freeUntil: string | null;
  slackMinutes: number | null;
  cost: Cost | null;
  reservation: PlannedReservation;
}

export interface Windows {
  items: OfferLine[];
  nothing: Nothing[];
  sources: Source[];
  settled: boolean;
}

const USUAL_DAYS = 30;
const LONGEST_HOURS = 24 * 366;
const FARTHEST_DAYS = 366;

/**
 * Looks at all sites for a time at which something can be had, for a person or for nobody; says all that was found whenever more sites have told.
 * @throws AppError `invalid-input` naming each field that can't be used
 */
export async function tellWindows(
  services: LeasingPorts,
  person: Visitor | null,
  asked: WindowsWish,
  say: (windows: Windows) => void,
): Promise<void> {
  const now = services.clock.now().getTime();
  const span = spanOf(asked, now);
  const needs = asked.flavor === undefined ? {} : { flavors: true };
  await gather(services, person, { sites: asked.site, span, needs }, (all, settled) =>
    say({ ...windowsIn(all, asked, span, now), settled }),
  );
}

/** The same as one answer, when all have told. */
export async function wholeWindows(services: LeasingPorts, person: Visitor | null, asked: WindowsWish): Promise<Windows> {
  let last: Windows = { items: [], nothing: [], sources: [], settled: true };
  await tellWindows(services, person, asked, (windows) => {
    last = windows;
  });
  return last;
}

/** Where in time is looked. */
function spanOf({ count, hours, from, to, preset, zone }: WindowsWish, now: Moment): Span {
  const wrong = lintCount(count, 'count', 'hosts or machines').map(({ field, detail }) => ({ path: field, message: detail }));
  if (!(hours * HOUR >= MINUTE && hours <= LONGEST_HOURS))
    wrong.push({ path: 'hours', message: `The length must be between a minute and ${LONGEST_HOURS} hours.` });
  if (wrong.length > 0) throw invalidInput(wrong);
  const duration = hours * HOUR;
  if (preset !== undefined) {
    const search = presetSearch(preset, duration, now, zone ?? 'UTC');
    if (!search) throw invalidInput([{ path: 'zone', message: `There is no time zone “${zone}”.` }]);
    return { start: search.from, end: search.to };
  }
  const start = Math.max(from ?? now, now);
  const end = to ?? start + Math.max(USUAL_DAYS * DAY, duration);
  if (from !== undefined && from < now - HOUR) wrong.push({ path: 'from', message: 'This time has passed.' });
  if (end < start + duration)
    wrong.push({ path: to === undefined ? 'hours' : 'to', message: 'Between these times there is no room for so long a lease.' });
  if (end > now + FARTHEST_DAYS * DAY) wrong.push({ path: 'to', message: 'Nobody can reserve so far ahead. Choose a time within a year.' });
  if (wrong.length > 0) throw invalidInput(wrong);
  return { start, end };
}

/** What was found in the sites that have told. */
export function windowsIn(all: readonly Gathered[], asked: WindowsWish, span: Span, now: Moment): Omit<Windows, 'settled'> {
  const told = all.flatMap(({ site, unknown }) => (site ? [narrowed(site, unknown, asked)] : []));
  const { offers, nothing } = findOffers(told, wishOf(asked, span), { now, limit: asked.limit });
  const by = new Map(all.map((one) => [one.source.site, one]));
  return { items: offers.map((offer) => lineOf(offer, by.get(offer.site))), nothing, sources: all.map(({ source }) => source) };
}

/** A site with the hosts alone that have what is wanted, and of which is known when they are free. */
function narrowed(site: LeaseSite, unknown: ReadonlySet<string>, asked: WindowsWish): LeaseSite {
  if (asked.flavor !== undefined || !site.hosts) return site;
  const hosts = wantedHosts(site, asked);
  return {
    ...site,
    hosts: hosts.length > 0 && hosts.every(({ id }) => unknown.has(id)) ? null : hosts.filter(({ id }) => !unknown.has(id)),
  };
}

function wishOf({ flavor, mixed, count, hours, gpus, memoryGiB, threads }: WindowsWish, { start, end }: Span): Wish {
  const machines = {
    ...(flavor !== 'any' && { flavor }),
    ...(threads !== undefined && { vcpus: threads }),
    ...(memoryGiB !== undefined && { ramMiB: memoryGiB * 1024 }),
    ...(gpus !== undefined && { gpus }),
  };
  return { what: flavor === undefined ? { hosts: {}, mixed } : { machines }, count, duration: hours * HOUR, from: start, to: end };
}

function lineOf(offer: Offer, from: Gathered | undefined): OfferLine {
  const { start, end, latestStart, freeUntil, slack, ...rest } = offer;
  return {
    ...rest,
    siteName: from?.source.siteName ?? offer.site,
    project: from?.entry?.project.id ?? null,
    credential: from?.entry?.credential ?? null,
    start: toIso(start),
    end: toIso(end),
    latestStart: toIso(latestStart),
    freeUntil: freeUntil === null ? null : toIso(freeUntil),
    slackMinutes: slack === null ? null : Math.floor(slack / MINUTE),
  };
}
