'use client';

import { useSyncExternalStore } from 'react';
import { useLanguage } from '@/components/messages/provider';
import { isZone } from '@/lib/leases/time/zones';
import { type Times, timesOf } from './times';

const key = 'transat:zone';
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The zone of this browser. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

let chosen: string | undefined;
function zoneNow(): string {
  chosen ??= readKept() ?? ownZone();
  return chosen;
}

// a browser may refuse to keep anything, and to read it
function readKept(): string | undefined {
  try {
    const kept = window.localStorage.getItem(key);
    return kept !== null && isZone(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Shows all times by the clocks of another zone, here and at the next visit. */
export function chooseZone(zone: string): void {
  chosen = zone;
  try {
    if (zone === ownZone()) window.localStorage.removeItem(key);
    else window.localStorage.setItem(key, zone);
  } catch {
    // it holds as long as the page
  }
  for (const each of listeners) each();
}

/** How times are written: in the person's language, by the clocks that they chose. */
export function useTimes(): Times {
  const { locale } = useLanguage();
  return timesOf(
    locale,
    useSyncExternalStore(subscribe, zoneNow, () => 'UTC'),
  );
}
