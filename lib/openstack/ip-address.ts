import { z } from 'zod';
import { familyOf } from '@/lib/core/ip-address';

/** An address as Nova, Neutron and Blazar write it. A site that names anything else is none that can be worked with. */
export const ipAddress = z.string().refine((text) => familyOf(text) !== null, 'This is no IP address');
