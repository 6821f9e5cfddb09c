'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { readLines } from '@/components/api/client';
import type { LeaseView } from '@/lib/api/contract/leases';
import { leaseQueries } from '../queries';

const settled: LeaseView['status'][] = ['ACTIVE', 'TERMINATED', 'ERROR', 'GONE'];

/** Keeps a lease's page true while the lease is on its way: each change is shown as its site tells it, until it is ACTIVE, over, or in ERROR. */
export function useLiveLease(id: string, status: LeaseView['status'] | undefined): void {
  const client = useQueryClient();
  const moving = status !== undefined && !settled.includes(status);
  useEffect(() => {
    if (!moving) return;
    const ending = new AbortController();
    // where the stream breaks, the page goes on asking by itself
    void readLines<LeaseView>('GET', `/leases/${encodeURIComponent(id)}`, { signal: ending.signal }, (lease) => {
      if (ending.signal.aborted) return;
      client.setQueryData(leaseQueries.one(id).queryKey, lease);
      void client.invalidateQueries({ queryKey: ['leases', 'mine'], refetchType: 'none' });
    }).catch(() => {});
    return () => ending.abort();
  }, [client, id, moving]);
}
