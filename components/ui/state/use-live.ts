import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** Whether the page listens to people already; not so what the server drew, until its programs are there. */
export function useLive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
