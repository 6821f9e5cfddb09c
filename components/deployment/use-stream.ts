'use client';

import { useEffect, useRef, useState } from 'react';

export type StreamState = 'connecting' | 'open' | 'lost';

/** Names under which the API sends its messages; the unnamed ones are `message`. */
const names = ['message', 'event', 'log'];

/**
 * Listens to a stream of server-sent events while `path` is one. The browser reconnects by itself and says where it
 * was; messages come together, at most one batch a frame.
 */
export function useStream(path: string | null, onMessages: (messages: unknown[]) => void): StreamState {
  const [state, setState] = useState<StreamState>('connecting');
  const handler = useRef(onMessages);
  handler.current = onMessages;
  useEffect(() => {
    if (!path) return;
    let batch: unknown[] = [];
    let frame: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      frame = undefined;
      const messages = batch;
      batch = [];
      handler.current(messages);
    };
    const source = new EventSource(path);
    const onMessage = (message: MessageEvent<string>) => {
      try {
        batch.push(JSON.parse(message.data));
      } catch {
        return; // a comment or a half line of a broken connection; the stream repeats what was lost
      }
      frame ??= setTimeout(flush, 16);
    };
    for (const name of names) source.addEventListener(name, onMessage);
    source.onopen = () => setState('open');
    source.onerror = () => setState('lost');
    return () => {
      clearTimeout(frame);
      source.close();
    };
  }, [path]);
  return state;
}
