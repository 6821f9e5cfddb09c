import { type GeoProjection, geoMercator } from 'd3-geo';

/** Size of the map's picture, in its own units. */
export const mapSize = { width: 1200, height: 560 };

/** The North Atlantic as on a sea chart, from the Pacific coast of America to the Black Sea. */
export function atlantic(): GeoProjection {
  return geoMercator()
    .rotate([42, 0])
    .center([0, 43.5])
    .scale(424)
    .translate([mapSize.width / 2, mapSize.height / 2])
    .precision(0.3);
}
