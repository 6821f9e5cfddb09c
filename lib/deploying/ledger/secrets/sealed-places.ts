import { type Kysely, sql } from 'kysely';
import type { SealedPlace, SealedValue } from '@/lib/credentials/sealing/sealed-places';
import type { Plan } from '@/lib/planning/types';
import type { Schema } from '@/lib/store/schema';
import { kindOfSecret } from './index';
import { kindOfStepOutput, secretStepOutputs } from './step-outputs';

/** The sealed values of this room. */
export const deploymentPlaces: SealedPlace[] = [deploymentSecrets, stepOutputs];

async function* deploymentSecrets(db: Kysely<Schema>): AsyncIterable<SealedValue> {
  const keys = await db.selectFrom('deployment_secrets').select(['deployment_id', 'name']).orderBy('deployment_id').execute();
  for (const { deployment_id: record, name } of keys) {
    const row = await db
      .selectFrom('deployment_secrets')
      .innerJoin('deployments', 'deployments.id', 'deployment_secrets.deployment_id')
      .select(['deployments.user_id', 'deployment_secrets.sealed'])
      .where('deployment_secrets.deployment_id', '=', record)
      .where('deployment_secrets.name', '=', name)
      .executeTakeFirst();
    if (!row) continue;
    const replace = async (sealed: Buffer) => {
      const change = db
        .updateTable('deployment_secrets')
        .set({ sealed })
        .where('deployment_id', '=', record)
        .where('name', '=', name)
        .where('sealed', '=', row.sealed);
      return (await change.executeTakeFirst()).numUpdatedRows > 0n;
    };
    yield { name: `${name} of ${record}`, userId: row.user_id, record, kind: kindOfSecret(name), sealed: row.sealed, replace };
  }
}

async function* stepOutputs(db: Kysely<Schema>): AsyncIterable<SealedValue> {
  for (const { id } of await db.selectFrom('nodes').select('id').where(sql<boolean>`outputs <> '{}'`).orderBy('id').execute()) {
    const read = () =>
      db
        .selectFrom('nodes')
        .innerJoin('deployments', 'deployments.id', 'nodes.deployment_id')
        .select(['nodes.key', 'nodes.outputs', 'nodes.deployment_id', 'deployments.user_id', 'deployments.plan'])
        .where('nodes.id', '=', id)
        .executeTakeFirst();
    const first = await read();
    // what the planner made, as it was stored
    for (const output of first ? secretStepOutputs((first.plan as Plan).outputs, first.key) : []) {
      const row = await read();
      const text = row?.outputs[output];
      if (!row || text === undefined) continue;
      const replace = async (sealed: Buffer) => {
        // the version keeps out whoever read the row before, and would write the old value back
        const { numAffectedRows } = await sql`
          update nodes set version = version + 1, outputs = jsonb_set(outputs, array[${output}], to_jsonb(${sealed.toString('base64')}::text))
          where id = ${id} and outputs ->> ${output} = ${text}`.execute(db);
        return (numAffectedRows ?? 0n) > 0n;
      };
      const kind = kindOfStepOutput(row.key, output);
      const sealed = Buffer.from(text, 'base64');
      yield { name: `${output} of ${row.key}`, userId: row.user_id, record: row.deployment_id, kind, sealed, replace };
    }
  }
}
