'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { write } from '@/components/api/client';
import type { LeaseActionBody, PatchLeaseBody } from '@/lib/api/contract/leases';

const path = (id: string) => `/leases/${encodeURIComponent(id)}`;

// what stands on a lease shows its end as well
function useAfter() {
  const client = useQueryClient();
  return () => Promise.all([client.invalidateQueries({ queryKey: ['leases'] }), client.invalidateQueries({ queryKey: ['deployments'] })]);
}

/** Does something with a lease, after which it is read again. */
export function useLeaseAction(id: string) {
  const after = useAfter();
  return useMutation({ mutationFn: (body: LeaseActionBody) => write('POST', `${path(id)}/actions`, { body }), onSettled: after });
}

/** Changes a lease. */
export function useLeaseChange(id: string, onDone?: () => void) {
  const after = useAfter();
  return useMutation({ mutationFn: (body: PatchLeaseBody) => write('PATCH', path(id), { body }), onSuccess: onDone, onSettled: after });
}

/** Deletes a lease, with its record. */
export function useLeaseDelete(id: string, onDone: () => void) {
  const after = useAfter();
  return useMutation({ mutationFn: () => write('DELETE', path(id)), onSuccess: onDone, onSettled: after });
}
