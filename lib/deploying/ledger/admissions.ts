import type { Transaction } from 'kysely';
import type { Store } from '@/lib/store';
import type { Admission, Schema } from '@/lib/store/schema';
import { lockNode } from './node-rows';

/** Tries to make a server whose outcome is unclear may each have made one; so many are heard. */
const mostAdmissions = 4;

/** Keeps what a node's agent will prove itself by, before it goes out with the user data of a server. */
export async function offerAdmission(store: Store, nodeId: string, admission: Admission): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    const node = await lockNode(trx, nodeId);
    if (node) await writeAdmissions(trx, nodeId, [...node.admissions, admission].slice(-mostAdmissions));
  });
}

/** What became of a node's admissions, in the transaction in which its row was read. */
export async function writeAdmissions(trx: Transaction<Schema>, nodeId: string, admissions: readonly Admission[]): Promise<void> {
  await trx
    .updateTable('nodes')
    .set(({ eb }) => ({ admissions: JSON.stringify(admissions), version: eb('version', '+', 1) }))
    .where('id', '=', nodeId)
    .execute();
}
