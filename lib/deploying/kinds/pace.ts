const quickSeconds = 1;
/** Most servers come up within half a minute; the longer it takes, the less a look a second is worth to the site. */
const pace = [
  { until: 30, seconds: quickSeconds },
  { until: 120, seconds: 2 },
  { until: 600, seconds: 5 },
];
const slowestSeconds = 10;

/** Seconds until the next look at something that has been on its way for so long. Pure. @param age in seconds */
export function lookAgainAfter(age: number): number {
  return pace.find(({ until }) => age < until)?.seconds ?? slowestSeconds;
}

/** A site's lists may take it long; how long it is left alone after one, in times of that … */
const leftAlone = 5;
/** … and in seconds at most, for who waits */
const longestSpared = 3;

/** Seconds until the next look, where `seconds` would do, and the last took the site so long: lists are not to be most of what it has to do. Pure. */
export function sparing(seconds: number, tookSeconds: number): number {
  return Math.max(seconds, Math.min(longestSpared, leftAlone * tookSeconds));
}
