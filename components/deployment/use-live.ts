'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { apiPath } from '@/components/api/client';
import { deploymentQueries } from '@/components/deployments/queries';
import type { DeploymentEvent } from '@/lib/api/contract/history';
import { mergeLines } from './nodes/merge-lines';
import { type StreamState, useStream } from './use-stream';

const settleMs = 250;

/** Keeps one deployment's page true by one stream: events are shown as they come, and what they changed is read again. */
export function useLive(id: string, ended: boolean): StreamState {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const readAgain = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: ['deployments', id], predicate: ({ queryKey: key }) => key[2] !== 'events' });
    }, settleMs);
  }, [client, id]);
  const onMessages = useCallback(
    (messages: unknown[]) => {
      const fresh = messages.filter(isEvent);
      if (fresh.length === 0) return;
      const { queryKey } = deploymentQueries.events(id);
      const known = client.getQueryData(queryKey) ?? [];
      const merged = mergeLines(known, fresh);
      if (merged === known) return;
      client.setQueryData(queryKey, merged);
      readAgain();
    },
    [client, id, readAgain],
  );
  useEffect(() => () => clearTimeout(timer.current), []);
  const state = useStream(ended ? null : apiPath(`/deployments/${encodeURIComponent(id)}/events`), onMessages);
  // what the page read before the stream was open may be older than the events that it read: they tell nothing new then
  useEffect(() => {
    if (state === 'open') readAgain();
  }, [state, readAgain]);
  // while the stream is away the page asks by itself, so that it is never older than a few seconds; nobody sees one that is hidden
  useEffect(() => {
    if (state !== 'lost' || ended) return;
    const ask = () => {
      if (!document.hidden) void client.invalidateQueries({ queryKey: ['deployments', id] });
    };
    const interval = setInterval(ask, 5000);
    return () => clearInterval(interval);
  }, [state, ended, client, id]);
  return state;
}

function isEvent(message: unknown): message is DeploymentEvent {
  return (
    typeof message === 'object' &&
    message !== null &&
    'id' in message &&
    typeof message.id === 'number' &&
    'stage' in message &&
    'message' in message
  );
}
