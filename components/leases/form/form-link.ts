import type { LeaseOffer } from '@/lib/api/contract/lease-finder';

/** What the form is opened with, as it stands in its address. */
export interface FormLink {
  site?: string;
  project?: string | null;
  credential?: string | null;
  nodeType?: string;
  flavor?: string;
  count?: number;
  hosts?: readonly string[];
  /** ISO 8601 */
  start?: string;
  end?: string;
  name?: string;
  /** floating IPs beside it, and of which network */
  addresses?: number;
  addressNetwork?: string;
  /** of its own */
  network?: string;
  /** ISO 8601 */
  extendUntil?: string;
}

/** The address of the form, filled in so far. Hosts that were only the best of many are chosen anew by the site's data when it is sent. */
export function formHref(link: FormLink | LeaseOffer, hosts?: readonly string[]): string {
  const { site, project, credential, nodeType, flavor, count, start, end } = link;
  const more: FormLink = 'siteName' in link ? {} : link;
  const fields = {
    site,
    project,
    credential,
    name: more.name,
    type: nodeType,
    flavor,
    hosts: hosts?.join(','),
    count,
    start,
    end,
    addresses: more.addresses || undefined,
    addressNetwork: more.addressNetwork,
    network: more.network,
    extendUntil: more.extendUntil,
  };
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return `/leases/new?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
