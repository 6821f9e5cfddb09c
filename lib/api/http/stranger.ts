import { networkOf } from '@/lib/auth/person-address';
import { inRanges } from '@/lib/web/addresses';
import type { Services } from '../services';

/** What somebody is counted by who has not signed in: the network that they come from, as the operator's proxies tell it. */
export function strangerOf({ headers }: Request, { config: { trustedProxies } }: Pick<Services, 'config'>): string {
  return networkOf(headers, (address) => inRanges(address, trustedProxies));
}
