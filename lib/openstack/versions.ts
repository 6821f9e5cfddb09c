import { z } from 'zod';

/** Range of microversions that an endpoint offers, both ends included. Empty texts: it has none. */
export interface Offer {
  min: string;
  max: string;
}

/** Goes into a header: anything but two numbers is as good as none. */
const microversion = z
  .string()
  .regex(/^\d{1,3}\.\d{1,4}$/)
  .catch('');
const entry = z.object({
  id: z.string(),
  version: microversion,
  min_version: microversion,
  status: z.string().default(''),
});
const document = z.union([
  z.object({ version: entry }).transform(({ version }) => [version]),
  z.object({ versions: z.array(entry) }).transform(({ versions }) => versions),
]);

/**
 * Reads the version document that Nova (`{version}`) and Cinder (`{versions}`) give at their root.
 * @param major which of them: `v2.1`, `v3`
 * @returns undefined when there is no such version in it
 */
export function readOffer(json: unknown, major: string): Offer | undefined {
  const parsed = document.safeParse(json);
  const found = parsed.success ? parsed.data.find(({ id }) => id === major || id.startsWith(`${major}.`)) : undefined;
  return found && { min: found.min_version, max: found.version };
}

/**
 * The microversion to speak: the one that Transat was written for, or the newest of the site if that is older.
 * @returns undefined when the endpoint has no microversions, or none so old
 */
export function chooseVersion(wanted: string, offer: Offer | undefined): string | undefined {
  if (!offer || offer.max === '') return undefined;
  const version = compare(wanted, offer.max) <= 0 ? wanted : offer.max;
  return offer.min !== '' && compare(version, offer.min) < 0 ? undefined : version;
}

/** Orders microversions: 2.9 is before 2.10. */
function compare(a: string, b: string): number {
  const [aMajor = 0, aMinor = 0] = a.split('.').map(Number);
  const [bMajor = 0, bMinor = 0] = b.split('.').map(Number);
  return aMajor - bMajor || aMinor - bMinor;
}

/** Headers by which a request asks for a microversion; Nova before 2.27 knows only its own header. */
export function versionHeaders(service: string, version: string | undefined): Record<string, string> {
  if (version === undefined) return {};
  if (service === 'compute' && compare(version, '2.27') < 0) return { 'x-openstack-nova-api-version': version };
  return { 'openstack-api-version': `${service} ${version}` };
}
