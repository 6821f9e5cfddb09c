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
}

/** The address of the form, filled in so far. Hosts that were only the best of many are chosen anew by the site's data when it is sent. */
export function formHref(
  { site, project, credential, nodeType, flavor, count, start, end }: FormLink | LeaseOffer,
  hosts?: readonly string[],
): string {
  const fields = {
    site,
    project: project ?? undefined,
    credential: credential ?? undefined,
    type: nodeType,
    flavor,
    hosts: hosts?.join(','),
    count: count === undefined ? undefined : String(count),
    start,
    end,
  };
  const query = new URLSearchParams(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
  return `/leases/new?${query}`;
}
