'use client';

import { useSyncExternalStore } from 'react';
import { isZone } from '@/lib/leases/time/zones';

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

/**
 * The zone by whose clocks all times are shown: the one that the person chose, else the browser's. What the server draws, and what it is compared with
 * when the browser takes it over, is in UTC: a server does not know where the person is.
 */
export const useZone = (): string => useSyncExternalStore(subscribe, zoneNow, () => 'UTC');
