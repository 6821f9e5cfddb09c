import { geoPath } from 'd3-geo';
import type { Tone } from '@/components/ui/tone';
import type { SiteView } from '@/lib/api/contract/sites';
import { atlantic, mapSize } from './projection';

/** Sites that are too close to be told apart at the map's scale, as one mark. Places are in the map's units. */
export interface Marker {
  x: number;
  y: number;
  sites: SiteView[];
  /** deployments there */
  deployments: number;
  access: 'ready' | 'needs' | 'none';
  /** how the worst of the deployments there is; null where none stands */
  tone: Tone | null;
  /** of the quota of cores, how much is used, from 0 to 1, at the fullest of them; null where it is not known */
  used: number | null;
}

export interface Crossing {
  id: string;
  path: string;
  /** how the worst of what works together over it is */
  tone: Tone;
}

/** What stands on sites, or works together over them, and how it is. */
export type Stands = { id: string; sites: string[]; tone?: Tone }[];

/** Of each site, how much of a quota is used, from 0 to 1. */
export type Usage = ReadonlyMap<string, number>;

const worstFirst: Tone[] = ['bad', 'warn', 'busy', 'waiting', 'ok', 'idle'];
const worstOf = (stands: Stands): Tone | null => {
  const tones = stands.map(({ tone }) => tone ?? 'ok');
  return worstFirst.find((tone) => tones.includes(tone)) ?? null;
};
const noUsage: Usage = new Map();

const apart = 20;

/** Where the sites are on the map; those beyond its edges are not on it. */
export function markers(sites: SiteView[], stands: Stands, usage: Usage = noUsage): Marker[] {
  const project = atlantic();
  const found: Marker[] = [];
  for (const site of sites) {
    if (site.lat === null || site.lon === null) continue;
    const [x, y] = project([site.lon, site.lat]) ?? [-1, -1];
    if (x < 0 || y < 0 || x > mapSize.width || y > mapSize.height) continue;
    const near = found.find((each) => Math.hypot(each.x - x, each.y - y) < apart);
    if (near) near.sites.push(site);
    else found.push({ x, y, sites: [site], deployments: 0, access: 'none', tone: null, used: null });
  }
  return found.map((marker) => ({
    ...marker,
    ...standingAt(marker.sites, stands),
    used: marker.sites.reduce<number | null>((most, { id }) => higher(most, usage.get(id)), null),
    access: marker.sites.some((site) => site.access === 'ready')
      ? 'ready'
      : marker.sites.some((site) => site.access === 'needs-credential')
        ? 'needs'
        : 'none',
  }));
}

function standingAt(sites: SiteView[], stands: Stands): Pick<Marker, 'deployments' | 'tone'> {
  const here = stands.filter((stand) => sites.some((site) => stand.sites.includes(site.id)));
  return { deployments: here.length, tone: worstOf(here) };
}

const higher = (a: number | null, b: number | undefined): number | null => (b === undefined ? a : Math.max(a ?? 0, b));

/** The way between the sites of each deployment that spans several, along great circles. */
export function crossings(sites: SiteView[], stands: Stands): Crossing[] {
  const draw = geoPath(atlantic());
  const places = new Map(
    sites.flatMap((site) => (site.lat === null || site.lon === null ? [] : [[site.id, [site.lon, site.lat]] as const])),
  );
  const used = stands.flatMap((stand) => {
    const [first, ...others] = stand.sites;
    return others.filter((other) => other !== first).map((other) => ({ id: [first, other].toSorted().join('→'), stand }));
  });
  return [...Map.groupBy(used, ({ id }) => id)].flatMap(([id, users]) => {
    const [from, to] = id.split('→').map((each) => places.get(each));
    const path = from && to ? draw({ type: 'LineString', coordinates: [[...from], [...to]] }) : null;
    return path ? [{ id, path, tone: worstOf(users.map(({ stand }) => stand)) ?? 'ok' }] : [];
  });
}
