'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { write } from '@/components/api/client';
import type { LeaseActionBody, LeaseView, PatchLeaseBody } from '@/lib/api/contract/leases';

const path = (id: string) => `/leases/${encodeURIComponent(id)}`;

// what stands on a lease shows its end as well
function useAfter() {
  const client = useQueryClient();
  return () => Promise.all([client.invalidateQueries({ queryKey: ['leases'] }), client.invalidateQueries({ queryKey: ['deployments'] })]);
}

/** Does something with a lease, after which it is read again; where another was made in its place, that one is shown. */
export function useLeaseAction(id: string) {
  const router = useRouter();
  const after = useAfter();
  return useMutation({
    mutationFn: (body: LeaseActionBody) => write<LeaseView>('POST', `${path(id)}/actions`, { body }),
    onSuccess: (lease) => {
      if (lease.id !== id) router.replace(path(lease.id));
    },
    onSettled: after,
  });
}

/** Changes a lease. */
export function useLeaseChange(id: string, onDone?: () => void) {
  const after = useAfter();
  return useMutation({ mutationFn: (body: PatchLeaseBody) => write('PATCH', path(id), { body }), onSuccess: onDone, onSettled: after });
}

/** Deletes a lease with its record, and what stands on it. */
export function useLeaseDelete(id: string, onDone: () => void) {
  const after = useAfter();
  return useMutation({ mutationFn: () => write('DELETE', `${path(id)}?withDeployments=true`), onSuccess: onDone, onSettled: after });
}
