import { type Kysely, sql } from 'kysely';
import type { Schema } from '@/lib/store/schema';

interface Standing {
  deployments: { state: string; count: number }[];
  nodes: { state: string; count: number }[];
  /** by code; `internal` also for what is of no code */
  problems: { code: string; count: number }[];
}

/** How many deployments and nodes there are in each state, and what is amiss with how many; what is deleted is left out. */
export async function countStanding(db: Kysely<Schema>): Promise<Standing> {
  const [deployments, nodes, problems] = await Promise.all([
    db
      .selectFrom('deployments')
      .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
      .where('deleted_at', 'is', null)
      .groupBy('state')
      .execute(),
    db
      .selectFrom('nodes')
      .innerJoin('deployments', 'deployments.id', 'nodes.deployment_id')
      .select(({ fn }) => ['nodes.state', fn.countAll<number>().as('count')])
      .where('deployments.deleted_at', 'is', null)
      .groupBy('nodes.state')
      .execute(),
    db
      .selectFrom('deployments')
      .select(({ fn }) => [sql<string>`coalesce(problem ->> 'code', 'internal')`.as('code'), fn.countAll<number>().as('count')])
      .where('deleted_at', 'is', null)
      .where('problem', 'is not', null)
      .groupBy('code')
      .execute(),
  ]);
  return { deployments, nodes, problems };
}
