import type { z } from 'zod';
import type { Visitor } from '@/lib/desk/types';
import { extendByItself, letGo, repairLease, takeOver } from '@/lib/leasing/act';
import { endLease } from '@/lib/leasing/end';
import type { leaseActionSchema } from '../contract/leases';
import type { Services } from '../services';
import { readTimes } from './read';

/** Does what somebody asked of a lease. @returns the id of the lease that there is then: a repair may put another in its place */
export async function actOn(services: Services, person: Visitor, id: string, body: z.output<typeof leaseActionSchema>): Promise<string> {
  switch (body.action) {
    case 'take-over':
      await takeOver(services, person, id);
      return id;
    case 'let-go':
      await letGo(services, person, id);
      return id;
    case 'end-now':
      await endLease(services, person, id, body);
      return id;
    case 'repair':
      return await repairLease(services, person, id, body);
    default: {
      const { until } = readTimes({ ...(body.until !== null && { until: body.until }) }, body.zone);
      await extendByItself(services, person, id, until ?? null);
      return id;
    }
  }
}
