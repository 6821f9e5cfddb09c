import { downtimeNow } from '@/lib/sites';
import type { Site } from '@/lib/sites/types';
import type { MatchItem } from './types';

const SOON_MS = 7 * 86_400_000;

/** What a site's announced downtimes mean for what is placed there now: whether it is down, and the sentences that say so. */
export function downtimeReasons({ name, downtimes = [] }: Site, now: Date): Pick<MatchItem, 'down' | 'reasons'> {
  const current = downtimeNow(downtimes, now);
  if (current) {
    const down = current.severity === 'outage';
    const about = current.description ? `: ${current.description}` : '.';
    const text = `${name} announced ${down ? 'that it is down' : 'that it may be disturbed'} until ${utc(current.end)}${about}`;
    return { down, reasons: [{ good: false, text, remedy: 'Choose another site, or wait until then.' }] };
  }
  const end = new Date(now.getTime() + SOON_MS).toISOString();
  const next = downtimes.find(({ start, severity }) => severity === 'outage' && start > now.toISOString() && start < end);
  if (!next) return { down: false, reasons: [] };
  return { down: false, reasons: [{ good: false, text: `${name} will be down from ${utc(next.start)} until ${utc(next.end)}.` }] };
}

/** What is told of a site, with its downtimes. First stands what decides: of a site that does not fit, that alone is told beside a plan. */
export function withDowntime(match: Pick<MatchItem, 'fits' | 'reasons'>, downtime: MatchItem['reasons']): MatchItem['reasons'] {
  return match.fits ? [...downtime, ...match.reasons] : [...match.reasons, ...downtime];
}

function utc(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
