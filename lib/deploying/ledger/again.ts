import type { Transaction } from 'kysely';
import type { Schema } from '@/lib/store/schema';
import { isBorrowed, kindOf, nodeOf } from '../kinds';
import { deleteSeconds } from '../kinds/times';
import type { Node, Resource } from './ledger';
import { type NodeChange, nobody, nodeRowOf } from './write';

/**
 * A resource is to be made anew: what is left of it is deleted first. What stays (a lease) is taken up again as it stands, and looked at.
 */
export async function beginAgain(trx: Transaction<Schema>, resource: Resource, now: Date): Promise<void> {
  const exists = resource.cloud_id !== null || resource.wanted === 'absent';
  const stays = exists && resource.wanted === 'present' && (kindOf(resource.kind).stays === true || isBorrowed(resource.spec));
  const goes = exists && !stays;
  await trx
    .updateTable('resources')
    .set(({ eb }) => ({
      phase: stays ? 'waiting' : goes ? 'deleting' : 'planned',
      attempts: resource.unclear || stays ? 1 : 0,
      observed: JSON.stringify({ ...resource.observed, replaced: undefined, refused: undefined }),
      problem: null,
      next_try_at: null,
      deadline_at: goes ? new Date(now.getTime() + deleteSeconds * 1000) : null,
      version: eb('version', '+', 1),
      updated_at: now,
    }))
    .where('deployment_id', '=', resource.deployment_id)
    .where('key', '=', resource.key)
    .execute();
  const node = nodeOf(resource.spec);
  if (goes && resource.wanted === 'present' && !resource.unclear && node !== undefined) await banish(trx, resource.deployment_id, node);
  if (!exists && node !== undefined) await waitFor(trx, resource.deployment_id, node);
}

// What may have been made after all is taken over as it is, so its agent comes in by what it was sent out with.
async function waitFor(trx: Transaction<Schema>, deploymentId: string, node: string): Promise<void> {
  await trx
    .updateTable('nodes')
    .set(({ eb }) => ({ state: 'pending', problem: null, version: eb('version', '+', 1) }))
    .where('deployment_id', '=', deploymentId)
    .where('key', '=', node)
    .where('state', '=', 'failed')
    .where('heard_at', 'is', null)
    .execute();
}

// Who runs on a machine that is to be replaced comes in no more, by its one-time token or by what it has made itself known by.
async function banish(trx: Transaction<Schema>, deploymentId: string, node: string): Promise<void> {
  await trx
    .updateTable('nodes')
    .set(({ eb }) => ({ ...nodeRowOf(nobody), version: eb('version', '+', 1) }))
    .where('deployment_id', '=', deploymentId)
    .where('key', '=', node)
    .execute();
}

/** Seconds that what is taken up may still take until it is ready. */
const readySeconds = 900;

/** What was made for a resource after it had failed is its own from now on, and is looked at. */
export async function takeUp(
  trx: Transaction<Schema>,
  { deployment_id, key, attempts }: Resource,
  cloudId: string,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('resources')
    .set(({ eb }) => ({
      phase: 'waiting',
      cloud_id: cloudId,
      unclear: false,
      attempts: Math.max(1, attempts),
      problem: null,
      next_try_at: null,
      deadline_at: new Date(now.getTime() + readySeconds * 1000),
      version: eb('version', '+', 1),
      updated_at: now,
    }))
    .where('deployment_id', '=', deployment_id)
    .where('key', '=', key)
    .execute();
}

/** A node goes on with its steps. @param change what is new of it; where steps are asked for, that is a run of its own: what is told of those before is not of it */
export async function goOn(trx: Transaction<Schema>, { id }: Node, change: NodeChange): Promise<void> {
  const anew: NodeChange = { events_told: 0, log_bytes: 0, seals: 0, handed: 0, run_ends: false };
  const isAsked = typeof change.run_from === 'string';
  await trx
    .updateTable('nodes')
    .set(({ eb }) => ({
      ...nodeRowOf({ ...anew, ...change }),
      ...(isAsked && { run_number: eb('run_number', '+', 1) }),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}
