import { geoPath } from 'd3-geo';
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
}

export interface Crossing {
  id: string;
  path: string;
}

/** Deployments by the sites they stand on. */
export type Stands = { id: string; sites: string[] }[];

const apart = 20;

/** Where the sites are on the map; those beyond its edges are not on it. */
export function markers(sites: SiteView[], stands: Stands): Marker[] {
  const project = atlantic();
  const found: Marker[] = [];
  for (const site of sites) {
    if (site.lat === null || site.lon === null) continue;
    const [x, y] = project([site.lon, site.lat]) ?? [-1, -1];
    if (x < 0 || y < 0 || x > mapSize.width || y > mapSize.height) continue;
    const near = found.find((each) => Math.hypot(each.x - x, each.y - y) < apart);
    if (near) near.sites.push(site);
    else found.push({ x, y, sites: [site], deployments: 0, access: 'none' });
  }
  return found.map((marker) => ({
    ...marker,
    deployments: stands.filter((stand) => marker.sites.some((site) => stand.sites.includes(site.id))).length,
    access: marker.sites.some((site) => site.access === 'ready')
      ? 'ready'
      : marker.sites.some((site) => site.access === 'needs-credential')
        ? 'needs'
        : 'none',
  }));
}

/** The way between the sites of each deployment that spans several, along great circles. */
export function crossings(sites: SiteView[], stands: Stands): Crossing[] {
  const draw = geoPath(atlantic());
  const places = new Map(
    sites.flatMap((site) => (site.lat === null || site.lon === null ? [] : [[site.id, [site.lon, site.lat]] as const])),
  );
  const pairs = stands.flatMap(({ sites: [first, ...others] }) => others.map((other) => [first, other]));
  return [...new Set(pairs.map((pair) => pair.toSorted().join('→')))].flatMap((id) => {
    const [from, to] = id.split('→').map((each) => places.get(each));
    const path = from && to ? draw({ type: 'LineString', coordinates: [[...from], [...to]] }) : null;
    return path ? [{ id, path }] : [];
  });
}
