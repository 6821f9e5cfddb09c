import { expect } from 'vitest';
import { type CloudName, type Connected, connect, type Reply } from './cloud-client';
import type { TestSandbox } from './start';

const HOUR_MS = 3_600_000;

/** Blazar of a sandbox cloud in a test's hands, for its person with a password. */
export interface Leasing {
  cloud: Connected;
  /** in so many hours, as Blazar writes it */
  date(hours: number): string;
  lease(start: string, end: string, reservations: unknown[], more?: Record<string, unknown>): Promise<Reply>;
  get(id: string): Promise<Reply['body']>;
  /** lets time pass until a lease is so */
  until(id: string, status: string): Promise<void>;
  /** moves the clock on, and signs in anew */
  later(hours: number): Promise<void>;
}

export async function leasing(sandbox: TestSandbox, name: CloudName, by: 'password' | 'credential' = 'password'): Promise<Leasing> {
  const it: Leasing = {
    cloud: await connect(sandbox.url, name, by),
    date: (hours) => new Date(sandbox.clock.now().getTime() + hours * HOUR_MS).toISOString().slice(0, 16).replace('T', ' '),
    lease: (start, end, reservations, more = {}) =>
      it.cloud.reservation('POST', '/leases', { name: 'lease', start_date: start, end_date: end, reservations, events: [], ...more }),
    get: async (id) => (await it.cloud.reservation('GET', `/leases/${id}`)).body.lease,
    async until(id, status) {
      for (let waited = 0; waited < 30 && (await it.get(id))?.status !== status; waited++) await sandbox.pass(1);
      expect((await it.get(id)).status).toBe(status);
    },
    async later(hours) {
      sandbox.clock.advance(hours * HOUR_MS);
      await sandbox.tick();
      it.cloud = await connect(sandbox.url, name, by);
    },
  };
  return it;
}

/** A reservation of hosts, as Blazar wants it. */
export const hosts = (more: Record<string, unknown> = {}) => ({
  resource_type: 'physical:host',
  min: 1,
  max: 1,
  hypervisor_properties: '',
  resource_properties: '',
  ...more,
});
export const ofType = (type: string) => ({ resource_properties: JSON.stringify(['=', '$node_type', type]) });
export const onHost = (uid: string) => ({ resource_properties: JSON.stringify(['=', '$uid', uid]) });
