import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema';

/** So many deployments of one person that are under way come before those of people who have more. */
export const firstFew = 3;

/**
 * Whether a deployment is under way and one of the first few that its owner has so. What is at rest, and what waits for a lease to begin, waits for nobody's eyes.
 */
export async function isAmongFirst(db: Kysely<Schema>, deploymentId: string): Promise<boolean> {
  const { rows } = await sql`
    select from (
      select id from deployments
      where user_id = (select user_id from deployments where id = ${deploymentId})
        and deleted_at is null and state in ('planned', 'deploying', 'configuring', 'updating', 'starting', 'stopping', 'deleting')
      order by created_at, id limit ${firstFew}
    ) few where id = ${deploymentId}`.execute(db);
  return rows.length > 0;
}
