import { AppError, type ErrorCode } from '@/lib/core/errors';
import { retryAfterMs } from '@/lib/web/retry';
import { explainByType } from './by-type';
import type { Refusal } from './circumstance';
import { sentence } from './fault';
import { describeOverruns, type Overrun, readOverrun } from './quota';

/** Refusals that Nova, Neutron, Cinder, Glance, Blazar and Keystone share, each with its own status for the same thing. */
export function explainService(refusal: Refusal, now: Date): AppError {
  const { about, answer, fault, upstream } = refusal;
  const overruns = overrunsOf(refusal);
  if (overruns) return quotaExceeded(about.site, overruns, upstream);
  const named = explainByType(refusal);
  if (named) return named;
  const status = answer.status;
  const say = (code: ErrorCode, title: string, detail: string, cause?: string, remedy?: string) =>
    new AppError({ code, title, detail, cause, remedy, upstream });
  const who = `The ${about.service} service of ${about.site}`;
  const words = sentence(fault.message);

  if (status < 400) {
    return say(
      'site-catalog-incomplete',
      'The site’s address leads elsewhere',
      `${who} answers with a redirection (HTTP ${status}), which Transat does not follow.`,
      'A token must not be carried to an address that nobody has checked.',
      'Correct the site’s address, or tell its operators that their catalogue is out of date.',
    );
  }
  if (status === 401) {
    return say(
      'credential-expired',
      'The site no longer accepts the sign-in',
      `${who} refused a token that was made just now.`,
      'The token or the credential behind it was revoked, or the service and the site’s Keystone do not agree.',
      'Sign in again. If it stays, tell the site’s operators, with the request id.',
    );
  }
  if (status === 429 || status === 413) {
    const ms = retryAfterMs(answer.headers['retry-after'] ?? fault.retryAfter, now);
    return say(
      'site-rate-limited',
      'The site asks for a pause',
      `${who} received too many requests.`,
      undefined,
      ms ? `Try again in ${Math.ceil(ms / 1000)} s.` : 'Try again in a minute.',
    );
  }
  if (status === 403) {
    return say(
      'upstream-refused',
      'You are not allowed to do this at the site',
      `${who} refused: ${words}`,
      'Your role in this project does not include it.',
      'Ask the owner of the project for the role “member”, or use a credential that has it.',
    );
  }
  const missing = status === 400 || status === 404 ? missingPart(refusal) : undefined;
  if (missing) return missing;
  if (status === 404 && !fault.fromService) {
    return say(
      'site-catalog-incomplete',
      'The site’s catalogue names a wrong address',
      `At the address of ${who.charAt(0).toLowerCase()}${who.slice(1)} is no such service.`,
      undefined,
      'Tell the site’s operators that the catalogue is wrong.',
    );
  }
  if (status === 404) {
    const remedy = 'Look at it again: it is made anew where a deployment needs it and is retried.';
    return say('not-found', 'This is no longer at the site', `${who} says: ${words}`, 'It was deleted there meanwhile.', remedy);
  }
  if (status === 409 || (status === 400 && BUSY.test(fault.message))) {
    return say(
      'conflict',
      'The site can’t do this now',
      `${who} says: ${words}`,
      'It is in use, in transition, or there already.',
      'Try again when what is under way has ended.',
    );
  }
  if (status >= 500) {
    return say(
      'upstream-failed',
      'The site has a fault',
      `${who} failed (HTTP ${status}): ${words}`,
      fault.fromService ? undefined : 'The answer comes from a proxy before the service, which did not get one itself.',
      'Try again in some minutes. If it stays, tell the site’s operators, with the request id.',
    );
  }
  return say(
    'upstream-refused',
    'The site refused the request',
    `${who} refused (HTTP ${status}): ${words}`,
    undefined,
    'If its words name something that you chose, choose otherwise. Else tell the site’s operators, with the request id.',
  );
}

const BUSY = /status must be|while it is in|in use|currently attached|is not in a valid state/i;

/** An image, flavor or network that was named in a request and is not there. */
function missingPart({ about, fault, upstream }: Refusal): AppError | undefined {
  const creating = about.method === 'POST' || about.method === 'PUT';
  if (!creating) return undefined;
  const [code, what] =
    /image/i.test(fault.message) && /find|found|invalid imageref/i.test(fault.message)
      ? (['image-not-found', 'image'] as const)
      : /flavor/i.test(fault.message) && /found|invalid flavorref/i.test(fault.message)
        ? (['flavor-not-found', 'flavor'] as const)
        : fault.type === 'NetworkNotFound' || /^network .* could not be found/i.test(fault.message)
          ? (['network-not-found', 'network'] as const)
          : [];
  if (!code) return undefined;
  return new AppError({
    code,
    title: `The ${what} is not at the site`,
    detail: `${about.site} has no such ${what}, or it is not open to your project: ${sentence(fault.message)}`,
    cause: `The ${what} was removed or replaced since it was chosen.`,
    remedy: `Choose another ${what}.`,
    upstream,
  });
}

function overrunsOf({ about, answer, fault }: Refusal): Overrun[] | undefined {
  if (![400, 403, 409, 413].includes(answer.status)) return undefined;
  const overruns = readOverrun(fault.message);
  if (overruns) return overruns;
  // Glance and Cinder have 413 for nothing else (Cinder with a Retry-After of 0, which means nothing): its words need not name the quota
  const byStatus = answer.status === 413 && (about.service === 'image' || (about.service === 'block-storage' && about.method !== 'GET'));
  return fault.type === 'OverQuota' || byStatus ? [] : undefined;
}

/**
 * The error of a quota that is met.
 * @param overruns what is over, as far as the service told
 */
export function quotaExceeded(site: string, overruns: Overrun[], upstream: AppError['upstream']): AppError {
  const numbers = describeOverruns(overruns);
  return new AppError({
    code: 'quota-exceeded',
    title: 'The quota of your project is met',
    detail: numbers
      ? `The quota of your project at ${site} is met. ${numbers}.`
      : `The quota of your project at ${site} is met: ${sentence(upstream?.message ?? '')}`,
    cause: 'Everything in the project counts, also what others in it have made.',
    remedy: 'Ask for less, delete what is no longer needed in this project, choose another site, or ask the site for a larger quota.',
    upstream,
  });
}
