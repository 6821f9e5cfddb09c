import zones from './zones.json';

const places = new Map(Object.entries(zones));

/**
 * Where the people of a time zone are, roughly: the place that the tz database names each zone after (its table zone.tab, to a tenth of
 * a degree; old names as their successors).
 * @param zone IANA name, such as `Europe/Madrid`
 * @returns degrees; null for names that are no place (`UTC`, `Etc/GMT+1`)
 */
export function placeOfZone(zone: string): { lat: number; lon: number } | null {
  const [lat, lon] = places.get(zone) ?? [];
  return lat === undefined || lon === undefined ? null : { lat, lon };
}
