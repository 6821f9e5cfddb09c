import { sql, type Transaction, type Updateable } from 'kysely';
import { storable } from '@/lib/core/storable';
import type { NodeRow, Schema } from '@/lib/store/schema';
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
      await writeResources(trx, deploymentId, writes, now);
      for (const { node } of writes) if (node) await writeNode(trx, deploymentId, node);
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

// All by one statement: of fifty that begin at once each alone would keep whoever reads meanwhile waiting. What a change does not name stays.
async function writeResources(trx: Transaction<Schema>, deploymentId: string, writes: Write[], now: Date): Promise<void> {
  const rows = writes.map(({ resource: { key, version }, change, onlyIfPresent = false }) => ({
    key,
    version,
    only_if_present: onlyIfPresent,
    // clouds are quoted in it
    change: storable(change),
  }));
  const { numAffectedRows } = await sql`
    update resources set
      phase = coalesce(change ->> 'phase', phase),
      cloud_id = case when change ? 'cloud_id' then change ->> 'cloud_id' else cloud_id end,
      observed = coalesce(change -> 'observed', observed),
      unclear = coalesce((change ->> 'unclear')::boolean, unclear),
      attempts = coalesce((change ->> 'attempts')::integer, attempts),
      next_try_at = case when change ? 'next_try_at' then (change ->> 'next_try_at')::timestamptz else next_try_at end,
      deadline_at = case when change ? 'deadline_at' then (change ->> 'deadline_at')::timestamptz else deadline_at end,
      problem = case when change ? 'problem' then nullif(change -> 'problem', 'null') else problem end,
      version = resources.version + 1,
      updated_at = ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (key text, version integer, only_if_present boolean, change jsonb)
    where deployment_id = ${deploymentId} and resources.key = given.key and resources.version = given.version
      and (wanted = 'present' or not only_if_present)`.execute(trx);
  if (numAffectedRows !== BigInt(writes.length)) throw new StaleRow();
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
