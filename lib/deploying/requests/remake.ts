import type { Transaction } from 'kysely';
import type { Schema } from '@/lib/store/schema';
import { nodeOf } from '../kinds';
import { beginAgain } from '../ledger/again';
import type { Ledger } from '../ledger/ledger';

/** Has the machines of nodes made anew: what is stored on their own disks goes, their volumes, addresses and names stay. */
export async function remake(trx: Transaction<Schema>, { resources }: Ledger, nodes: readonly string[], now: Date): Promise<void> {
  for (const resource of resources) if (nodes.includes(nodeOf(resource.spec) ?? '')) await beginAgain(trx, resource, now);
}
