'use client';

import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { readLines } from '@/components/api/client';
import type { LeaseView } from '@/lib/api/contract/leases';
import { leaseQueries } from '../queries';

const settled: LeaseView['status'][] = ['ACTIVE', 'TERMINATED', 'ERROR', 'GONE'];

/**
 * A lease, kept true while it is on its way: each change is shown as its site tells it, until it is ACTIVE, over, or in ERROR. While that stream
 * lives nothing else asks; where it breaks, or before its first line, the page asks by itself.
 */
export function useLiveLease(id: string): UseQueryResult<LeaseView> {
  const client = useQueryClient();
  const [live, setLive] = useState(false);
  const query = useQuery(live ? { ...leaseQueries.one(id), refetchInterval: false } : leaseQueries.one(id));
  const moving = query.data !== undefined && !settled.includes(query.data.status);
  useEffect(() => {
    if (!moving) return;
    const ending = new AbortController();
    const end = () => {
      if (!ending.signal.aborted) setLive(false);
    };
    void readLines<LeaseView>('GET', `/leases/${encodeURIComponent(id)}`, { signal: ending.signal }, (lease) => {
      if (ending.signal.aborted) return;
      setLive(true);
      client.setQueryData(leaseQueries.one(id).queryKey, lease);
      void client.invalidateQueries({ queryKey: ['leases', 'mine'], refetchType: 'none' });
    }).then(end, end);
    return () => {
      ending.abort();
      setLive(false);
    };
  }, [client, id, moving]);
  return query;
}
