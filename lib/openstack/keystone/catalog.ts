import { AppError } from '@/lib/core/errors';

/** One service of Keystone's catalogue. */
export interface CatalogEntry {
  type: string;
  endpoints: { interface: string; region: string; url: string }[];
}

/** Names under which sites list a service, the preferred first (service-types authority, and what old sites still say). */
const ALIASES: Record<string, string[]> = {
  'block-storage': ['block-storage', 'volumev3', 'block-store', 'volume', 'volumev2'],
};

/**
 * Finds the public address of a service.
 * @param type the service's official type: `compute`, `block-storage` …
 * @param region from {@link regionOf}
 * @returns undefined when the catalogue does not have it in this region
 */
export function findUrl(catalog: CatalogEntry[], type: string, region: string | undefined): string | undefined {
  for (const name of ALIASES[type] ?? [type]) {
    for (const entry of catalog) {
      if (entry.type !== name) continue;
      const endpoint = entry.endpoints.find((one) => one.interface === 'public' && (region === undefined || one.region === region));
      if (endpoint) return endpoint.url;
    }
  }
  return undefined;
}

/**
 * The address of a service that a site must have.
 * @throws AppError `site-catalog-incomplete`
 */
export function requireUrl(catalog: CatalogEntry[], type: string, region: string | undefined, site: string): string {
  const url = findUrl(catalog, type, region);
  if (url !== undefined && URL.canParse(url)) return url;
  throw new AppError({
    code: 'site-catalog-incomplete',
    title: `The site has no service “${type}” for you`,
    detail: `The catalogue of ${site} names no ${url === undefined ? 'public' : 'usable'} address of the service “${type}”${region ? ` in the region ${region}` : ''}.`,
    cause: 'The site does not offer it, or not to this project.',
    remedy: 'Choose another region, project or site.',
  });
}

/** The services of a region by their official types, without those that have no public address there. */
export function servicesIn(catalog: CatalogEntry[], region: string | undefined): string[] {
  const official = (type: string) => Object.entries(ALIASES).find(([, names]) => names.includes(type))?.[0] ?? type;
  const here = catalog.map(({ type }) => official(type)).filter((type) => findUrl(catalog, type, region) !== undefined);
  return [...new Set(here)].sort();
}

/**
 * The region to use: the one that is set, or the only one there is.
 * @returns undefined when the catalogue is empty or names no regions
 * @throws AppError `site-catalog-incomplete` when the choice is not clear
 */
export function regionOf(catalog: CatalogEntry[], wanted: string | undefined, site: string): string | undefined {
  const regions = regionsOf(catalog);
  if (wanted !== undefined && (regions.includes(wanted) || regions.length === 0)) return wanted;
  if (wanted === undefined && regions.length <= 1) return regions[0];
  throw new AppError({
    code: 'site-catalog-incomplete',
    title: wanted === undefined ? 'The site has several regions' : 'The site has no such region',
    detail: `The catalogue of ${site} has the regions ${regions.join(', ')}${wanted === undefined ? '' : `, but not ${wanted}`}.`,
    remedy: 'Set the site’s region to one of them.',
  });
}

function regionsOf(catalog: CatalogEntry[]): string[] {
  const all = catalog.flatMap(({ endpoints }) => endpoints.filter((one) => one.interface === 'public').map(({ region }) => region));
  return [...new Set(all.filter((region) => region !== ''))].sort();
}
