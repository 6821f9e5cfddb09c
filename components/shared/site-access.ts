import type { Translate } from '@/components/messages/types';
import type { SiteView } from '@/lib/api/contract/sites';

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
