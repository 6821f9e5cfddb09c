import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { AppError } from '@/lib/core/errors';
import { isFitPort } from '@/lib/core/fit-port';
import { inRanges, kindOf } from './addresses';
import { nameOf, type Peer } from './types';
import { wordsOf } from './words';

/** Whom a door may open to. */
export interface GuardRules extends Pick<Peer, 'id' | 'kind' | 'name' | 'allowPrivate' | 'allowedRanges' | 'discreet'> {
  /** what goes there is not encrypted */
  plain?: boolean;
}

/** Finds all addresses of a host name. */
export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

const resolveBySystem: Resolve = (host) => systemLookup(host, { all: true });

/**
 * Checks what can be checked of a URL before anything is resolved: its scheme and port, that it carries no user or password, and its
 * address where it is written as one.
 * @throws AppError `site-address-refused`
 */
export function checkUrl(url: URL, rules: GuardRules): void {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw refused(rules, url.host, 'Only https addresses can be used.', `Its scheme is ${url.protocol.slice(0, -1)}.`);
  }
  if (url.username || url.password) {
    throw refused(rules, url.host, 'Take the user and password out of the address.', 'The address carries a user name or password.');
  }
  if (!isFitPort(url.port)) {
    throw refused(rules, url.host, 'Use the address of the service’s API.', `Port ${url.port} belongs to another kind of service.`);
  }
  const plain = url.protocol === 'http:';
  if (plain && !rules.allowPrivate && !rules.allowedRanges?.length) throw unencrypted(rules, url.host);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host)) checkAddress(host, host, { ...rules, plain });
}

/**
 * A look-up for sockets that gives only addresses that may be used. The socket connects to exactly what was checked, so a name
 * that resolves to something else a moment later (DNS rebinding) gains nothing. One bad address among good ones refuses the
 * name: an honest one has none.
 */
export function guardedLookup(rules: GuardRules, resolve: Resolve = resolveBySystem): LookupFunction {
  return (host, options, callback) => {
    resolve(host)
      .then((found) => {
        for (const { address } of found) checkAddress(host, address, rules);
        return found.filter(({ family }) => !options.family || family === options.family || options.family === `IPv${family}`);
      })
      .then(
        (good) => {
          const first = good[0];
          if (!first) callback(Object.assign(new Error(`No address for ${host}`), { code: 'ENOTFOUND' }), '');
          else if (options.all) callback(null, good);
          else callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, ''),
      );
  };
}

/** What an operator allows of addresses that others name. */
export type AddressRules = Pick<GuardRules, 'allowPrivate' | 'allowedRanges'>;

/** Whether Transat goes to an address: a public one, or one that the operator opened. Pure. @param address an IP address */
export function mayReach(address: string, { allowPrivate, allowedRanges = [] }: AddressRules): boolean {
  const kind = kindOf(address);
  return kind === 'public' || (kind === 'private' && (allowPrivate === true || inRanges(address, allowedRanges)));
}

function checkAddress(host: string, address: string, rules: GuardRules): void {
  const kind = kindOf(address);
  if (mayReach(address, rules)) {
    if (kind === 'public' && rules.plain && !rules.allowPrivate) throw unencrypted(rules, host);
    return;
  }
  const which = kind === 'private' ? 'a private network or this machine itself' : 'a range that no cloud service may have';
  throw refused(
    rules,
    host,
    kind === 'private'
      ? `Use its public address. Only the operator of Transat can open private addresses, by \`allowedRanges\` in the configuration.`
      : `Ask the ${wordsOf(rules.kind).possessive} operators for the right address.`,
    // which address a name has in the operator's network is nobody's business
    `${host === address ? 'The address' : rules.discreet ? `The address of ${host}` : `${host} has the address ${address}, which`} is in ${which}.`,
  );
}

function unencrypted(rules: GuardRules, host: string): AppError {
  return refused(rules, host, 'Use the https address of the service.', 'Over plain http your secrets could be read on the way.');
}

function refused(rules: GuardRules, host: string, remedy: string, cause: string): AppError {
  return new AppError({
    code: 'site-address-refused',
    title: 'Transat does not connect to this address',
    detail: `${nameOf(rules)} names ${host} as an address of its services, and Transat does not connect there.`,
    cause,
    remedy,
  });
}
