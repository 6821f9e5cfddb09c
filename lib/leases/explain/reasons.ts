import type { Problem } from '@/lib/core/errors';

/** Why Blazar refused, as far as its words tell. Its statuses tell nothing: a full site, a wrong property and a busy lease are all 500. */
export type Reason =
  | 'no-host-free'
  | 'no-address-free'
  | 'no-network-free'
  | 'too-long'
  | 'too-early'
  | 'balance'
  | 'user-budget'
  | 'project-over'
  | 'charges'
  | 'site-rule'
  | 'no-trust'
  | 'unknown-property'
  | 'bad-conditions'
  | 'bad-count'
  | 'bad-date'
  | 'bad-name'
  | 'bad-reservation'
  | 'not-leased'
  | 'not-changeable'
  | 'servers-there'
  | 'busy'
  | 'not-allowed'
  | 'not-found'
  /** nothing of this: its words are all there is */
  | 'other';

export interface Refusal {
  reason: Reason;
  /** the lengths that its words name: what was asked for, and what may be; or what may be alone */
  seconds?: number[];
  /** of what the lease would cost, how much is left: from 0 to 1 */
  affordable?: number;
  /** the request's field that is to blame */
  field?: string;
}

interface Row {
  words: RegExp;
  reason: Reason;
  field?: string;
}

// In the order in which they are tried: Blazar's own words, Chameleon's, those of services that Blazar asks.
const table: Row[] = [
  { words: /not enough floating ?ips available/i, reason: 'no-address-free', field: 'reservations' },
  { words: /not enough networks? available/i, reason: 'no-network-free', field: 'reservations' },
  { words: /not enough .* available/i, reason: 'no-host-free', field: 'reservations' },
  { words: /maximum lease duration/i, reason: 'too-long', field: 'end' },
  { words: /can only be extended within/i, reason: 'too-early', field: 'end' },
  { words: /left in user budget/i, reason: 'user-budget', field: 'end' },
  { words: /would spend/i, reason: 'balance', field: 'end' },
  { words: /beyond .*expiration/i, reason: 'project-over', field: 'end' },
  { words: /wrong number of ongoing charges/i, reason: 'charges' },
  { words: /enforcement filter denied/i, reason: 'site-rule' },
  { words: /BlazarDBNotFound/, reason: 'unknown-property', field: 'reservations' },
  { words: /malformed requirements/i, reason: 'bad-conditions', field: 'reservations' },
  { words: /min and max|min\/max/i, reason: 'bad-count', field: 'reservations' },
  {
    words: /terminated leases can only be renamed|cannot modify the start date|only accepts to update amount|not yet supported/i,
    reason: 'not-changeable',
  },
  { words: /resource type is not supported/i, reason: 'not-leased', field: 'reservations' },
  { words: /start date must be later/i, reason: 'bad-date', field: 'start' },
  { words: /end date must be later|out of lease limits/i, reason: 'bad-date', field: 'end' },
  { words: /is an invalid date/i, reason: 'bad-date' },
  { words: /lease name|name .*already/i, reason: 'bad-name', field: 'name' },
  { words: /missing parameter|reservation ids?\b|affinity/i, reason: 'bad-reservation', field: 'reservations' },
  { words: /servers? \[.*\] found for host/i, reason: 'servers-there' },
  { words: /invalid lease status/i, reason: 'busy' },
  { words: /policy doesn't allow/i, reason: 'not-allowed' },
  { words: /object with .* not found/i, reason: 'not-found' },
];

/**
 * Reads the reason out of a refusal.
 * @param signedInBy how the person came to the site: for an application credential a bare 500 means that it can't give a trust
 */
export function reasonOf({ upstream }: Pick<Problem, 'upstream'>, signedInBy?: string): Refusal {
  const message = upstream?.message ?? '';
  const row = table.find(({ words }) => words.test(message));
  if (row) {
    const seconds = [...message.matchAll(/(\d+) seconds/g)].map(([, number]) => Number(number));
    const share = affordableShare(message);
    return {
      reason: row.reason,
      ...(row.field && { field: row.field }),
      ...(seconds.length > 0 && { seconds }),
      ...(share !== undefined && { affordable: share }),
    };
  }
  if (signedInBy === 'applicationCredential' && upstream?.status === 500 && /internal server error/i.test(message))
    return { reason: 'no-trust', field: 'credential' };
  return { reason: 'other' };
}

function affordableShare(message: string): number | undefined {
  const [, cost = '0', left = '0'] = /would spend (\d+(?:\.\d+)?) .*only (\d+(?:\.\d+)?) left/i.exec(message) ?? [];
  return Number(cost) > 0 ? Math.min(1, Number(left) / Number(cost)) : undefined;
}
