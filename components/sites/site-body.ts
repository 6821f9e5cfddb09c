import type { NewSite, SiteView } from '@/lib/api/contract/sites';

export const siteMethods = ['applicationCredential', 'password', 'oidc'] as const;

/** What the form of a site holds; all that is typed is text. */
export interface SiteDraft {
  name: string;
  authUrl: string;
  methods: NewSite['methods'];
  region: string;
  identityProvider: string;
  protocol: string;
  ca: string;
  city: string;
  country: string;
  lat: string;
  lon: string;
}

/** The form of a new site, or of one that is there. */
export function siteDraft(site?: SiteView): SiteDraft {
  const text = (value: string | number | null | undefined) => (value === null || value === undefined ? '' : String(value));
  return {
    name: text(site?.name),
    authUrl: text(site?.authUrl),
    methods: site?.methods ?? ['applicationCredential', 'password'],
    region: text(site?.region),
    identityProvider: text(site?.identityProvider),
    protocol: text(site?.protocol),
    ca: text(site?.ca),
    city: text(site?.city),
    country: text(site?.country),
    lat: text(site?.lat),
    lon: text(site?.lon),
  };
}

/**
 * The body of POST or PATCH /sites: numbers as numbers, texts trimmed.
 * @param empty what stands for a field that was left empty: left out when a site is new, `null` takes it away from one that is there
 */
export function siteBody(draft: SiteDraft, empty: null | undefined): Record<string, unknown> {
  const { name, authUrl, methods, country, lat, lon, ...texts } = draft;
  const optional = Object.entries(texts).map(([key, value]) => [key, value.trim() || empty]);
  const number = (value: string) => (value.trim() === '' ? empty : toNumber(value));
  const place = { country: country.trim().toUpperCase() || empty, lat: number(lat), lon: number(lon) };
  return { name: name.trim(), authUrl: authUrl.trim(), methods, ...Object.fromEntries(optional), ...place };
}

// What is no number stays as it is: the API says so at its field.
function toNumber(value: string): number | string {
  const number = Number(value.trim().replace(',', '.'));
  return Number.isFinite(number) ? number : value;
}
