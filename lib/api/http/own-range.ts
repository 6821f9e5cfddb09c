import { ownRange } from '@/lib/auth/person-address';
import { inRanges } from '@/lib/web/addresses';
import type { Services } from '../services';

/** The address that a person asks from as a range: who asks is who would come in, also where a program asks for them. Null where it is not known, or no cloud would see it. */
export const rangeOf = ({ headers }: Request, { config: { trustedProxies } }: Services) =>
  ownRange(headers, (address) => inRanges(address, trustedProxies));
