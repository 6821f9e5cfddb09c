import type { Translate } from '@/components/messages/types';
import type { Tone } from '@/components/ui/tone';
import type { SiteView } from '@/lib/api/contract/sites';

const tones: Record<SiteView['access'], Tone> = {
  ready: 'ok',
  'needs-credential': 'warn',
  denied: 'bad',
  unreachable: 'bad',
  unknown: 'waiting',
};
export const accesses = ['ready', 'needs-credential', 'denied', 'unreachable', 'unknown'] as const;

export const toneOfAccess = (access: SiteView['access']): Tone => tones[access];

export interface Remedy {
  label: (t: Translate) => string;
  href: string;
  /** leads to another site's pages */
  away: boolean;
}

/** What would open a site to a person: the buttons that mend what is missing, the best first. */
export function remedies(site: SiteView, signedIn: boolean): Remedy[] {
  if (!signedIn) return [{ label: (t) => t('signin.action'), href: `/signin?returnTo=${encodeURIComponent('/sites')}`, away: false }];
  if (site.access === 'ready' || site.access === 'unreachable') return [];
  const found: Remedy[] = [];
  if (site.enrolUrl && site.access === 'denied') found.push({ label: (t) => t('sites.enrol'), href: site.enrolUrl, away: true });
  const { deviceProvider } = site;
  if (deviceProvider !== null) {
    const href = `/settings/credentials?connect=${encodeURIComponent(site.id)}`;
    found.push({ label: (t) => t('device.connect', { provider: deviceProvider }), href, away: false });
  }
  if (site.methods.some((method) => method !== 'oidc')) {
    found.push({ label: (t) => t('sites.addCredential'), href: `/settings/credentials?site=${encodeURIComponent(site.id)}`, away: false });
    if (site.applicationCredentialUrl && site.methods.includes('applicationCredential')) {
      found.push({ label: (t) => t('sites.makeCredential'), href: site.applicationCredentialUrl, away: true });
    }
  }
  return found;
}

/**
 * Usable sites first, then those with something to do, then the rest; by name within. One that has not answered yet stands among the
 * usable ones, so that those which turn out to be stay where they are.
 */
export function sortSites(sites: SiteView[]): SiteView[] {
  const rank = ({ access }: SiteView) => (access === 'unknown' ? 0 : accesses.indexOf(access));
  return sites.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
