import { AppError, type Problem } from '@/lib/core/errors';
import type { OscarService } from '@/lib/oscar/types';
import { openCluster } from '../clusters/open';
import { ruleAgainst } from '../placing/rules';
import type { WorkloadPorts } from '../types';
import { needPair } from './rows';

/** How a side of a pair is, as its cluster says now: of the origin `open` where it may hand jobs on. `silent`: it could not be asked. */
interface SideStanding {
  side: 'origin' | 'worker';
  is: 'open' | 'closed' | 'there' | 'gone' | 'silent';
  problem: Problem | null;
}

interface PairStanding {
  sides: SideStanding[];
  /** a rule that it breaks now; null: none */
  against: Awaited<ReturnType<typeof ruleAgainst>>;
}

/** Asks both clusters of a pair how its services are there, and the rules whether it may still stand. @throws AppError `not-found` */
export async function standingOf(ports: WorkloadPorts, userId: string, id: string): Promise<PairStanding> {
  const row = await needPair(ports, userId, id);
  const sides = [
    { side: 'origin', cluster: row.origin_id },
    { side: 'worker', cluster: row.worker_id },
  ] as const;
  const [against, ...found] = await Promise.all([
    row.state === 'standing' ? ruleAgainst(ports, userId, row) : null,
    ...sides.map(async ({ side, cluster }): Promise<SideStanding> => {
      if (cluster === null) return { side, is: 'gone', problem: null };
      try {
        const { client } = await openCluster(ports, userId, cluster, 'look at a pair');
        return { side, is: isNow(side, await client.service(row.name), row.worker_name), problem: null };
      } catch (error) {
        return { side, is: 'silent', problem: AppError.from(error).toProblem() };
      }
    }),
  ]);
  return { sides: found, against };
}

function isNow(side: SideStanding['side'], service: OscarService | null, worker: string): SideStanding['is'] {
  if (!service) return 'gone';
  if (side === 'worker') return 'there';
  return service.sharing.members.some(({ clusterId }) => clusterId === worker) ? 'open' : 'closed';
}
