import { AppError, type ErrorCode } from '@/lib/core/errors';
import { type Answer, jsonOf } from '@/lib/web/answer';
import type { Refusal } from './circumstance';
import { sentence } from './fault';

/** Longer answers are lists. */
const LONGEST_REFUSAL = 4_000;

/**
 * A refusal that comes as a success: some of Chameleon's do.
 * @returns the answer with the status that its body tells; undefined where it is what it says
 */
export function refusalInside(answer: Answer): Answer | undefined {
  if (answer.body.length > LONGEST_REFUSAL || !answer.body.includes('"error_message"')) return undefined;
  const json = jsonOf(answer);
  if (typeof json !== 'object' || json === null || !('error_message' in json)) return undefined;
  const told = Number('error_code' in json ? json.error_code : 'error' in json ? json.error : 500);
  return { ...answer, status: told >= 400 ? told : 500 };
}

/**
 * Blazar's refusals. Its statuses say little (a full site, a wrong property and a busy lease are all 500), so its words decide.
 * @returns undefined when the refusal is one that any service may give
 */
export function explainReservation(refusal: Refusal): AppError | undefined {
  const { about, answer, fault, upstream } = refusal;
  const said = shortage(refusal) ?? wrongField(refusal) ?? rules.find(({ words }) => words.test(fault.message));
  if (said instanceof AppError) return said;
  if (said) {
    const detail = said.detail?.(about.site) ?? `${about.site} refused the lease: ${sentence(fault.message)}`;
    const { code, title, cause, remedy } = said;
    return new AppError({ code, title, detail, cause, remedy, upstream });
  }
  const changes = about.method === 'POST' || about.method === 'PUT';
  if (answer.status === 500 && changes && about.signedInBy === 'applicationCredential' && /internal server error/i.test(fault.message)) {
    return new AppError({
      code: 'upstream-refused',
      title: 'Leases can’t be made with an application credential here',
      detail: `${about.site} failed to make the lease for an application credential.`,
      cause: 'Blazar acts for you by a trust, and since Keystone’s security fixes of 2026 an application credential can’t give one.',
      remedy: 'Sign in with OpenID Connect or a password for this site.',
      upstream,
    });
  }
  return undefined;
}

/** "Not enough hosts available" and its like, which mean three things: nothing is free, nothing is such, or a running lease can't give up what it has. */
function shortage({ about, fault, upstream }: Refusal): AppError | undefined {
  const what = /not enough (hosts|floating ips|resources|networks|devices) available/i.exec(fault.message)?.[1]?.toLowerCase();
  if (!what) return undefined;
  const [one, many] =
    what === 'floating ips' ? ['floating IP', 'floating IPs'] : what === 'networks' ? ['network', 'networks'] : ['host', 'hosts'];
  if (about.method === 'PUT') {
    return new AppError({
      code: 'no-host-available',
      title: 'The lease can’t be changed so',
      detail: `${about.site} has not enough free ${many} that match, for the whole of the new time.`,
      cause: `Others have reserved them. A lease that runs keeps the very ${many} that it has: each must be free in the time that is added, and none can be given back.`,
      remedy: 'Extend it by less, or make another lease for the time after it.',
      upstream,
    });
  }
  return new AppError({
    code: 'no-host-available',
    title: `No ${one} is free in this time`,
    detail: `${about.site} has not enough free ${many} that match, for the whole of the time asked for.`,
    cause: `Others have reserved them, or no ${one} has the properties asked for.`,
    remedy: `Choose another time, fewer ${many} or another kind of ${one}, or another site.`,
    upstream,
  });
}

const fields: [words: RegExp, path: string, message: string][] = [
  [/^start date must be later/i, 'start', 'This has passed'],
  [/cannot modify the start date/i, 'start', 'The lease has begun, so its start stays'],
  [/^(the )?end.?date must be later/i, 'end', 'The end must come after the start, and not have passed'],
  [/datetime is out of lease limits/i, 'beforeEnd', 'The reminder must come between the start and the end'],
  [
    /malformed parameter (min|max|amount)|invalid values for min\/max|amount must be/i,
    'reservations',
    'A whole number of 1 or more, and no range that ends before it begins',
  ],
  [/malformed requirements/i, 'reservations', 'A condition on hosts that Blazar does not take'],
  [/valid reservation ids|missing parameter reservation id/i, 'reservations', 'The lease has no such reservation'],
  [/amount must be equal to or longer than length of required_floatingips/i, 'reservations', 'More addresses are named than asked for'],
];

/** What is wrong in what was asked for, by the name of its field. */
function wrongField({ about, fault, upstream }: Refusal): AppError | undefined {
  const found = fields.find(([words]) => words.test(fault.message));
  if (!found) return undefined;
  const [, path, message] = found;
  return new AppError({
    code: 'invalid-input',
    title: 'The site does not take the lease as it is',
    detail: `${about.site} refused the lease: ${sentence(fault.message)}`,
    remedy: `${sentence(message)} Change it and try again.`,
    upstream,
    fields: [{ path, message }],
  });
}

interface Rule {
  words: RegExp;
  code: ErrorCode;
  title: string;
  /** left out: the site's own words */
  detail?: (site: string) => string;
  cause?: string;
  remedy?: string;
}
const LESS = 'Ask for a shorter lease or fewer hosts, or ask the site for more.';
const ANOTHER = 'Make another lease beside this one.';

const rules: Rule[] = [
  {
    words: /invalid lease status/i,
    code: 'conflict',
    title: 'The lease is busy',
    detail: (site) => `${site} is starting, changing or ending this lease just now.`,
    remedy: 'Try again in ten seconds.',
  },
  { words: /would spend|left in user budget/i, code: 'quota-exceeded', title: 'The project’s allocation does not suffice', remedy: LESS },
  {
    words: /maximum lease duration|lease can only be extended|beyond .* expiration|enforcement filter/i,
    code: 'upstream-refused',
    title: 'The site’s rules for leases do not allow this',
    remedy: LESS,
  },
  {
    words: /terminated leases can only be renamed/i,
    code: 'upstream-refused',
    title: 'The lease has ended',
    remedy: 'Make a new lease. What has ended can only be renamed and deleted.',
  },
  {
    words: /BlazarDBNotFound/,
    code: 'upstream-refused',
    title: 'The site does not know this property of hosts',
    detail: (site) => `No host of ${site} has a property that the lease asks for.`,
    remedy: 'Choose hosts by another property.',
  },
  {
    words: /resource type is not supported/i,
    code: 'upstream-refused',
    title: 'The site does not lease this',
    remedy: 'Lease something else there, or choose another site.',
  },
  {
    words: /updating leases for 'flavor:instance'/i,
    code: 'upstream-refused',
    title: 'The site can’t change leases of flavors',
    cause: 'Its Blazar only renames and deletes them.',
    remedy: ANOTHER,
  },
  {
    words:
      /floating ip reservation cannot be updated|active reservation only accepts|cannot be updated$|doesn't allow to reduce|affinity not supported/i,
    code: 'upstream-refused',
    title: 'The site does not change a lease so',
    cause: 'It may have put the lease into the state ERROR over it; a repair mends that.',
    remedy: ANOTHER,
  },
];
