import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { Schema } from './schema';

/**
 * Of the leases that are kept, those that a person made or took over here, and those that deployments of theirs stand on that live: not what colleagues
 * have. They alone are looked after and told of.
 */
export function isOwn({ or, eb, exists, selectFrom }: ExpressionBuilder<Schema, 'leases'>): ExpressionWrapper<Schema, 'leases', SqlBool> {
  return or([
    eb('leases.taken_over', '=', true),
    exists(
      selectFrom('resources')
        .innerJoin('deployments', 'deployments.id', 'resources.deployment_id')
        .select('resources.key')
        .whereRef('deployments.user_id', '=', 'leases.user_id')
        .whereRef('resources.site', '=', 'leases.site')
        .whereRef('resources.cloud_id', '=', 'leases.lease_id')
        .where('resources.kind', '=', 'lease')
        .where('deployments.deleted_at', 'is', null),
    ),
  ]);
}
