import { AppError, type ErrorCode } from '@/lib/core/errors';
import type { Refusal } from './circumstance';
import { sentence } from './fault';

/**
 * Blazar's refusals. Its statuses say little (a full site, a wrong property and a busy lease are all 500), so its words decide.
 * @returns undefined when the refusal is one that any service may give
 */
export function explainReservation({ about, answer, fault, upstream }: Refusal): AppError | undefined {
  const say = (code: ErrorCode, title: string, detail: string, cause?: string, remedy?: string) =>
    new AppError({ code, title, detail, cause, remedy, upstream });
  const site = about.site;
  if (/not enough .* available/i.test(fault.message)) {
    return say(
      'no-host-available',
      'No host is free in this time',
      `${site} has not enough free hosts that match, for the whole of the time asked for.`,
      'Others have reserved them, or no host has the properties asked for.',
      'Choose another time, fewer hosts or another kind of host, or another site.',
    );
  }
  if (/invalid lease status/i.test(fault.message)) {
    return say(
      'conflict',
      'The lease is busy',
      `${site} is starting, changing or ending this lease just now.`,
      undefined,
      'Try again in ten seconds.',
    );
  }
  if (/would spend|left in user budget/i.test(fault.message)) {
    return say(
      'quota-exceeded',
      'The project’s allocation does not suffice',
      `${site} refused the lease: ${sentence(fault.message)}`,
      undefined,
      LESS,
    );
  }
  if (/maximum lease duration|lease can only be extended|beyond .* expiration|enforcement filter/i.test(fault.message)) {
    return say(
      'upstream-refused',
      'The site’s rules for leases do not allow this',
      `${site} refused the lease: ${sentence(fault.message)}`,
      undefined,
      LESS,
    );
  }
  if (/BlazarDBNotFound/.test(fault.message)) {
    return say(
      'upstream-refused',
      'The site does not know this property of hosts',
      `No host of ${site} has a property that the lease asks for.`,
      undefined,
      'Choose hosts by another property.',
    );
  }
  if (/resource type is not supported/i.test(fault.message)) {
    return say('upstream-refused', 'The site does not lease this', `${site}: ${sentence(fault.message)}`);
  }
  const create = about.method === 'POST' || about.method === 'PUT';
  if (answer.status === 500 && create && about.signedInBy === 'applicationCredential' && /internal server error/i.test(fault.message)) {
    return say(
      'upstream-refused',
      'Leases can’t be made with an application credential here',
      `${site} failed to make the lease for an application credential.`,
      'Blazar acts for you by a trust, and since Keystone’s security fixes of 2026 an application credential can’t give one.',
      'Sign in with OpenID Connect or a password for this site.',
    );
  }
  return undefined;
}

const LESS = 'Ask for a shorter lease or fewer hosts, or ask the site for more.';
