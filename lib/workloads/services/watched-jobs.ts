import { cacheOf } from '@/lib/core/cache';
import type { WorkloadPorts } from '../types';
import { listJobs } from './jobs';

type Listed = ReturnType<typeof listJobs>;

/** Shorter than the beat of a screen, so that who looks on alone is told nothing old. */
const GOOD_MS = 700;
const reads = cacheOf<{ began: number; under: boolean; listed: Listed }>(500);

/** The newest jobs of a service for screens that look on: one list for all of a person's that ask while it is under way, or in the moment after it began. */
export async function watchedJobs(ports: WorkloadPorts, userId: string, id: string, name: string): Promise<Awaited<Listed>> {
  const key = JSON.stringify([userId, id, name]);
  const now = ports.clock.now().getTime();
  const known = reads.get(key);
  if (known && (known.under || now - known.began < GOOD_MS)) return await known.listed;
  const read = { began: now, under: true, listed: listJobs(ports, userId, id, name) };
  reads.set(key, read);
  try {
    return await read.listed;
  } catch (error) {
    reads.delete(key);
    throw error;
  } finally {
    read.under = false;
  }
}
