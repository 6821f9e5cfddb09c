import type { Transaction } from 'kysely';
import type { Problem } from '@/lib/core/errors';
import type { Schema } from '@/lib/store/schema';
import { resizeSeconds } from '../kinds/times';
import type { Resource } from './ledger';

/** A server gets another flavor where it stands: how far that is, kept with what is seen of it. */
export interface ResizeState {
  /** id of the flavor */
  to: string;
  /** name of the flavor that it had, where its site tells it */
  was?: string;
  /** how often it was asked for */
  tries?: number;
  /** its site took it */
  taken?: true;
  /** it runs with the other flavor, and its node is waited for */
  verifying?: true;
  /** it gets back what it had: why, or null where that was asked for */
  reverting?: Problem | null;
  /** the change was called off meanwhile */
  back?: true;
}

/** How far a server's resize is; undefined where none is under way. */
export function resizeOf({ observed }: Pick<Resource, 'observed'>): ResizeState | undefined {
  return observed.resize as ResizeState | undefined; // written by this room and the passes alone
}

/** Whether its site did not give a server the flavor that it is to have. */
export function isSizeRefused({ observed }: Pick<Resource, 'observed'>): boolean {
  return observed.refusedSize !== undefined;
}

/**
 * A server that stands is to have the flavor of its specification; one that gets another just now is to get back the one that it had.
 * @returns false where there is nothing to do: it has it, or does not stand and is made with it
 */
export async function beginResize(trx: Transaction<Schema>, resource: Resource, now: Date): Promise<boolean> {
  const { spec, phase, observed } = resource;
  if (spec.kind !== 'server' || (phase !== 'ready' && phase !== 'waiting')) return false;
  const { refusedSize: _, ...seen } = observed;
  const underWay = resizeOf(resource);
  const resize: ResizeState = underWay ? { ...underWay, ...(underWay.to !== spec.flavorId && { back: true }) } : { to: spec.flavorId };
  const isThere = !underWay && observed.flavorId === spec.flavorId;
  if (isThere && phase === 'waiting') return false;
  await trx
    .updateTable('resources')
    .set(({ eb }) => ({
      ...(!isThere && { phase: 'waiting', deadline_at: new Date(now.getTime() + resizeSeconds * 1000), problem: null }),
      observed: JSON.stringify(isThere ? seen : { ...seen, resize }),
      next_try_at: null,
      version: eb('version', '+', 1),
      updated_at: now,
    }))
    .where('deployment_id', '=', resource.deployment_id)
    .where('key', '=', resource.key)
    .execute();
  return !isThere;
}
