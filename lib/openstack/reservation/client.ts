import { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import type { Service } from '../service';
import type { CloudLease, Reservation } from '../types';
import { toBlazar } from './dates';
import { allocation, host, lease } from './read';

/** Blazar makes a trust and moves hosts before it answers (5 to 15 s seen), and ends what runs on them before it answers a delete. */
const SLOW_MS = 60_000;

/**
 * Blazar of one site. It has neither pages nor filters.
 * @param projectId the person's project: Blazar before 16.0 gives away other projects' leases to who knows their ids
 *   (LP#2120655), and all leases to administrators
 */
export function reservationClient(service: Service, projectId: string): Reservation {
  return {
    async hosts(options) {
      return (await service.ask(z.object({ hosts: z.array(host) }), { method: 'GET', path: '/os-hosts', ...options })).hosts;
    },
    async allocations(options) {
      const request = { method: 'GET', path: '/os-hosts/allocations', ...options };
      return service.ask(z.object({ allocations: z.array(allocation) }), request).then(
        ({ allocations }) => allocations,
        (error: unknown) => {
          // upstream's policy keeps it for administrators, Chameleon opens it; old releases do not have it
          if (error instanceof AppError && [403, 404].includes(error.upstream?.status ?? 0)) return null;
          throw error;
        },
      );
    },
    async leases(options) {
      const all = await service.ask(z.object({ leases: z.array(lease) }), { method: 'GET', path: '/leases', ...options });
      return all.leases.filter((one) => one.projectId === projectId).map((one) => one.lease);
    },
    async lease(id): Promise<CloudLease | null> {
      const found = await service.find(z.object({ lease }), `/leases/${encodeURIComponent(id)}`);
      return found && found.lease.projectId === projectId ? found.lease.lease : null;
    },
    async createLease({ name, start, end, reservations }) {
      const body = {
        name,
        start_date: start === 'now' ? 'now' : toBlazar(start, 'up'),
        end_date: toBlazar(end, 'down'),
        reservations: reservations.map((one) => ({
          resource_type: one.kind,
          min: one.min,
          max: one.max,
          // both must be there, and be texts
          hypervisor_properties: '',
          resource_properties: one.resourceProperties ?? '',
        })),
        events: [],
      };
      const request = { method: 'POST', path: '/leases', body, timeoutMs: SLOW_MS };
      return (await service.ask(z.object({ lease }), request)).lease.lease;
    },
    deleteLease: (id) => service.remove(`/leases/${encodeURIComponent(id)}`, SLOW_MS),
  };
}
