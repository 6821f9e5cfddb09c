import type { Problem } from '@/lib/core/errors';
import { sentence } from '@/lib/openstack';
import { downtimeNow } from './directory/downtimes';
import type { Site } from './types';

/**
 * Why a site does not answer, where more is known of it than what the try showed: it announced to be down, or it has left its directory. What
 * the try showed becomes the cause. Pure.
 * @param reason of the try
 */
export function whyDown({ name, downtimes = [], goneSince }: Site, reason: Problem, now: Date): Problem {
  const announced = downtimeNow(downtimes, now);
  if (announced) {
    const { end, description } = announced;
    return {
      ...reason,
      title: `${name} is down, as it announced`,
      detail: `${name} announced that it is down until ${utc(end)}${description ? `: ${sentence(description)}` : '.'}`,
      cause: reason.detail,
      remedy: 'Choose another site, or wait until then.',
    };
  }
  if (goneSince === undefined) return reason;
  return {
    ...reason,
    title: `${name} has left its directory`,
    detail: `Its directory has not listed ${name} since ${goneSince.slice(0, 10)}, and it does not answer.`,
    cause: reason.detail,
    remedy: 'Deploy at another site. What stands there can be looked after when it answers again; else ask its operators.',
  };
}

function utc(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
