'use client';

import { useSyncExternalStore } from 'react';
import { useLanguage } from '@/components/messages/provider';

let now = 0;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The present moment in milliseconds, moving on by `everySeconds`; one clock serves the whole page. */
export function useNow(everySeconds = 30): number {
  const { drawnAt } = useLanguage();
  const stepped = (moment: number) => Math.floor(moment / (everySeconds * 1000)) * everySeconds * 1000;
  const read = () => stepped(timer === undefined || now === 0 ? Date.now() : now);
  // what the browser takes over must say what the server said
  return useSyncExternalStore(subscribe, read, () => stepped(drawnAt));
}

/** A moment as `3 minutes ago`; local time and UTC on it. */
export function Ago({ iso }: { iso: string }) {
  const { format } = useLanguage();
  const moment = useNow();
  const at = Date.parse(iso);
  // the clock moves in steps: what happened since its last one is `now`, not the future
  const since = at > moment && at - moment < 30_000 ? at : moment;
  return (
    <time dateTime={iso} title={`${format.time(iso)} · ${format.utc(iso)}`}>
      {format.ago(iso, since)}
    </time>
  );
}

/** A moment as local time, with UTC on it. */
export function Moment({ iso }: { iso: string }) {
  const { format } = useLanguage();
  return (
    <time dateTime={iso} title={format.utc(iso)}>
      {format.time(iso)}
    </time>
  );
}
