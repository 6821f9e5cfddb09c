import type { Transaction } from 'kysely';
import { notFound } from '@/lib/core/problems';
import { generateSecret } from '@/lib/nodes/secrets/generate';
import type { Plan } from '@/lib/planning/types';
import type { Schema } from '@/lib/store/schema';
import type { Ports } from '../../ports';
import { sealSecret } from './index';

/**
 * Makes the secrets that a plan has and its deployment has not.
 * @returns writes them down; those that somebody else wrote meanwhile stay
 */
export async function writeNewSecrets(
  { store, clock, vault }: Ports,
  deploymentId: string,
  { secrets }: Plan,
): Promise<(trx: Transaction<Schema>) => Promise<void>> {
  const row = await store.db.selectFrom('deployments').select('user_id').where('id', '=', deploymentId).executeTakeFirst();
  if (!row) throw notFound('deployment');
  const there = await store.db.selectFrom('deployment_secrets').select('name').where('deployment_id', '=', deploymentId).execute();
  const names = new Set(there.map(({ name }) => name));
  const sealed = await Promise.all(
    secrets
      .filter(({ name }) => !names.has(name))
      .map(async ({ name, generate }) => ({
        deployment_id: deploymentId,
        name,
        sealed: await sealSecret(vault, row.user_id, deploymentId, name, await generateSecret(generate, clock)),
      })),
  );
  return async (trx) => {
    if (sealed.length === 0) return;
    await trx
      .insertInto('deployment_secrets')
      .values(sealed)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  };
}
