const EARTH_RADIUS_KM = 6371;

interface Point {
  /** degrees */
  lat: number;
  lon: number;
}

/** The way over the ground between two points, in km, rounded (haversine formula). */
export function distanceKm(from: Point, to: Point): number {
  const dLat = radians(to.lat - from.lat);
  const dLon = radians(to.lon - from.lon);
  const a = Math.sin(dLat / 2) ** 2 + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.sin(dLon / 2) ** 2;
  return Math.round(2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(a))));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
