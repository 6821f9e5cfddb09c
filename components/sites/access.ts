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

/**
 * Usable sites first, then those with something to do, then the rest; by name within. One that has not answered yet stands among the
 * usable ones, so that those which turn out to be stay where they are.
 */
export function sortSites(sites: SiteView[]): SiteView[] {
  const rank = ({ access }: SiteView) => (access === 'unknown' ? 0 : accesses.indexOf(access));
  return sites.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
