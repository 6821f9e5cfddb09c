import { headers } from 'next/headers';
import { ownRange } from '@/lib/auth/person-address';
import { getAuth } from '@/lib/auth/services';
import { inRanges } from '@/lib/web/addresses';

/** The address that a page is asked from as a range, where it is one that clouds see; else null. */
export async function readOwnRange(): Promise<string | null> {
  const { trustedProxies } = (await getAuth()).config;
  return ownRange(await headers(), (address) => inRanges(address, trustedProxies));
}
