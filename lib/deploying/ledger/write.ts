import type { Transaction, Updateable } from 'kysely';
import { storable } from '@/lib/core/storable';
import type { NodeRow, ResourceRow, Schema } from '@/lib/store/schema';
import type { Ports } from '../ports';
import { leaveBerths } from './berths';
import { type NewEvent, writeEvents } from './events';
import type { Ledger, Node, Resource } from './ledger';
import { refresh } from './state/refresh';

/** What of a resource a pass may change. */
type ResourceChange = Partial<
  Pick<Resource, 'phase' | 'cloud_id' | 'observed' | 'unclear' | 'attempts' | 'next_try_at' | 'deadline_at' | 'problem'>
>;
export type NodeChange = Partial<Omit<Node, 'id' | 'deployment_id' | 'key' | 'version'>>;

/** Of a node whose machine is lost or is being replaced: nobody comes in as it. */
export const nobody: NodeChange = { admissions: [], host_key: null };

export interface Write {
  resource: Resource;
  change: ResourceChange;
  /** change of the node that runs on it, or whose address it is; applied where `when` holds for the stored row */
  node?: { key: string; change: NodeChange; onlyIn?: Node['state'][] };
  events?: NewEvent[];
  /** write only while it is still wanted */
  onlyIfPresent?: boolean;
}

/**
 * Writes what a pass decided or learnt, all or nothing, each row only in the version that the pass has read. Updates the ledger in memory alike.
 * @returns false when a row was changed by somebody else meanwhile: nothing is written then, and the pass must start over
 */
export async function commit(ports: Ports, ledger: Ledger, writes: Write[]): Promise<boolean> {
  if (writes.length === 0) return true;
  const { store, clock } = ports;
  const deploymentId = ledger.deployment.id;
  const now = clock.now();
  try {
    await store.db.transaction().execute(async (trx) => {
      for (const write of writes) {
        await writeResource(trx, write, now);
        if (write.node) await writeNode(trx, deploymentId, write.node);
      }
      await leaveBerths(
        trx,
        deploymentId,
        writes.filter(isNowhere).map(({ resource }) => resource.key),
      );
      await writeEvents(
        store,
        trx,
        deploymentId,
        writes.flatMap(({ events = [] }) => events),
        now,
      );
      const fresh = await refresh(store, trx, deploymentId, now, { resources: asWritten(ledger, writes), nodes: ledger.nodes });
      ledger.deployment = { ...ledger.deployment, ...fresh.deployment };
      ledger.nodes = fresh.nodes;
    });
  } catch (error) {
    if (error instanceof StaleRow) return false;
    throw error;
  }
  for (const { resource, change } of writes) Object.assign(resource, change, { version: resource.version + 1, updated_at: now });
  return true;
}

// As they are stored now; what others have changed meanwhile has another version.
function asWritten({ resources }: Ledger, writes: Write[]): Resource[] {
  const changes = new Map(writes.map(({ resource, change }) => [resource.key, change]));
  return resources.map((resource) => {
    const change = changes.get(resource.key);
    return change ? { ...resource, ...change, version: resource.version + 1 } : resource;
  });
}

// It is gone, or it failed and nothing of it is there, nor may come to be there: others may have its place.
function isNowhere({ resource, change }: Write): boolean {
  const { phase, cloud_id, unclear } = { ...resource, ...change };
  return phase === 'gone' || (phase === 'failed' && cloud_id === null && !unclear);
}

/** Thrown within the transaction, to undo it. */
class StaleRow extends Error {
  override readonly name = 'StaleRow';
}

async function writeResource(trx: Transaction<Schema>, { resource, change, onlyIfPresent }: Write, now: Date): Promise<void> {
  const row: Updateable<ResourceRow> = { ...rowOf(change), version: resource.version + 1, updated_at: now };
  let update = trx
    .updateTable('resources')
    .set(row)
    .where('deployment_id', '=', resource.deployment_id)
    .where('key', '=', resource.key)
    .where('version', '=', resource.version);
  if (onlyIfPresent) update = update.where('wanted', '=', 'present');
  const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new StaleRow();
}

function rowOf({ observed, problem, ...rest }: ResourceChange): Updateable<ResourceRow> {
  return {
    ...rest,
    ...(observed === undefined ? {} : { observed: JSON.stringify(observed) }),
    ...(problem === undefined ? {} : { problem: problem && JSON.stringify(storable(problem)) }),
  };
}

async function writeNode(
  trx: Transaction<Schema>,
  deploymentId: string,
  { key, change, onlyIn }: NonNullable<Write['node']>,
): Promise<void> {
  let update = trx
    .updateTable('nodes')
    .set(({ eb }) => ({ ...nodeRowOf(change), version: eb('version', '+', 1) }))
    .where('deployment_id', '=', deploymentId)
    .where('key', '=', key);
  if (onlyIn) update = update.where('state', 'in', onlyIn);
  await update.execute();
}

/** A node's change as columns. */
export function nodeRowOf({ steps, outputs, facts, problem, admissions, run_only, ...rest }: NodeChange): Updateable<NodeRow> {
  return {
    ...rest,
    ...(steps === undefined ? {} : { steps: JSON.stringify(steps) }),
    ...(outputs === undefined ? {} : { outputs: JSON.stringify(outputs) }),
    ...(admissions === undefined ? {} : { admissions: JSON.stringify(admissions) }),
    ...(run_only === undefined ? {} : { run_only: run_only && JSON.stringify(run_only) }),
    ...(facts === undefined ? {} : { facts: JSON.stringify(facts) }),
    ...(problem === undefined ? {} : { problem: problem && JSON.stringify(storable(problem)) }),
  };
}
