'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { ApiProblem, offline } from './client';

const AGAIN_MS = 5000;

function watchLine(changed: () => void): () => void {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}

/**
 * Whether Transat is reached: said as soon as the browser has no line, or a first try got no answer, before all tries are over. While it is down it is asked
 * again, and everything is read anew when it answers.
 */
export function useReach(): 'reached' | 'offline' | 'down' {
  const client = useQueryClient();
  const isOnline = useSyncExternalStore(
    watchLine,
    () => navigator.onLine,
    () => true,
  );
  const [isDown, setDown] = useState(false);
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated') return;
        const { action } = event;
        if (action.type === 'success') setDown(false);
        if (action.type === 'failed' || action.type === 'error') {
          const { error } = action;
          if (error instanceof ApiProblem && error.problem.code === offline) setDown(true);
        }
      }),
    [client],
  );
  useEffect(() => {
    if (!isDown || !isOnline) return;
    const timer = setInterval(() => {
      fetch('/healthz', { cache: 'no-store' }).then(
        ({ ok }) => {
          if (!ok) return;
          setDown(false);
          void client.invalidateQueries();
        },
        () => {}, // it is still down
      );
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, [isDown, isOnline, client]);
  if (!isOnline) return 'offline';
  return isDown ? 'down' : 'reached';
}
