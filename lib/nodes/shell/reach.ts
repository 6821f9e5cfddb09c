import { AppError } from '@/lib/core/errors';
import { familyOf } from '@/lib/core/ip-address';
import { type AddressRules, mayReach } from '@/lib/web';
import type { ShellTarget } from './connection';

/** Where SSH may go at a site: what holds for the addresses of its services holds for those of its machines. */
export interface Reach extends AddressRules {
  /** a person named the site: nothing is told of what is at an address that is not one of their nodes, nor by how long it takes */
  discreet?: boolean;
}

/**
 * Checks an address that a cloud named before anything is sent there. Behind a front-end it only has to be one: the way there is the front-end's.
 * @throws AppError `site-address-refused`
 */
export function checkReach({ address, reach }: Pick<ShellTarget, 'address' | 'reach'>, isBehind: boolean): void {
  if (familyOf(address) === null) throw refused('What the site names as the address of the node is no IP address.');
  if (!isBehind && !mayReach(address, reach))
    throw refused(`The address ${address} is in a private network, or in a range that no node may have.`);
}

function refused(cause: string): AppError {
  return new AppError({
    code: 'site-address-refused',
    title: 'Transat does not connect to this address',
    detail: 'The site names an address of the node to which Transat does not connect by SSH.',
    cause,
    remedy:
      'Give the node a public address. Only the operator of Transat can open private addresses: `allowPrivate` of a site, or `allowedRanges`.',
  });
}

/** What is told of every way in which nothing came about, where a person named the site. */
export function silent({ address, user }: Pick<ShellTarget, 'address' | 'user'>): AppError {
  return new AppError({
    code: 'node-unreachable',
    title: 'The node does not answer by SSH',
    detail: `No SSH connection to ${user}@${address} could be made.`,
    cause: 'Nothing that is known as this node is there, or it did not answer in time.',
    remedy: 'Check that the node has a public address, that its site lets port 22 through, and that the machine is running.',
    upstream: { service: 'ssh', message: 'no answer' },
  });
}
