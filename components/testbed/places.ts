import { geoPath } from 'd3-geo';
import { atlantic } from '@/components/map/projection';
import type { ClusterView } from '@/lib/api/contract/clusters';
import type { SiteView } from '@/lib/api/contract/sites';

/** Where a cluster is on the chart, in its units, and in the world. */
export interface ClusterPlace {
  id: string;
  name: string;
  x: number;
  y: number;
  at: [lon: number, lat: number];
}

/** Of clusters whose site nobody knows: somewhere on their shore. */
const shores = { eu: [8.7, 50.1], us: [-87.6, 41.8] } as const;
const APART = 26;

/** Where clusters are on the chart; those that are on neither shore are not on it. Those of one place stand below each other. Pure. */
export function placesOf(
  clusters: readonly Pick<ClusterView, 'id' | 'name' | 'region' | 'site'>[],
  sites: readonly Pick<SiteView, 'id' | 'lat' | 'lon'>[],
): ClusterPlace[] {
  const project = atlantic();
  const found: ClusterPlace[] = [];
  for (const { id, name, region, site } of clusters) {
    const known = sites.find((each) => each.id === site);
    const shore = region === 'other' ? null : shores[region];
    const lon = known?.lon ?? shore?.[0];
    const lat = known?.lat ?? shore?.[1];
    if (lon === undefined || lat === undefined) continue;
    const [x, y] = project([lon, lat]) ?? [0, 0];
    const here = found.filter((other) => Math.hypot(other.at[0] - lon, other.at[1] - lat) < 3).length;
    found.push({ id, name, x, y: y + here * APART, at: [lon, lat] });
  }
  return found;
}

/** The way between two places along a great circle, for a path of the chart; null: they are one place. Pure. */
export function wayBetween(from: ClusterPlace, to: ClusterPlace): string | null {
  if (from.at[0] === to.at[0] && from.at[1] === to.at[1]) return null;
  return geoPath(atlantic())({ type: 'LineString', coordinates: [from.at, to.at] });
}
