import { ipAddress } from '@/lib/core/ip-address';

/**
 * What else a machine answers at: more addresses of its port (of two stacks, of several subnets), and those that a site gives on its own. Pure.
 * @param listed what the site lists of its server, see https://docs.openstack.org/api-ref/compute/#show-server-details (`addresses`)
 * @param known the private and the public one, which stand by themselves
 * @returns addresses in their plain form, each once, in the order of the site
 */
export function otherAddresses(listed: unknown, known: readonly (string | null)[]): string[] {
  const texts = Array.isArray(listed) ? listed : [];
  const addresses = texts.flatMap((text: unknown) => (typeof text === 'string' ? (ipAddress(text) ?? []) : []));
  return [...new Set(addresses)].filter((address) => !known.includes(address));
}
