'use client';

import { type ComponentType, type ReactNode, useLayoutEffect, useState } from 'react';

/** A component whose code comes when it is first shown, or when it is asked for ahead. */
export interface Later<P> {
  (props: P): ReactNode;
  /** fetches the code ahead; what fails here is asked for again when it is shown */
  ahead: () => void;
}

/**
 * A component that only the browser draws, and whose code is fetched when it is first shown; until then something else stands there.
 * Not by `next/dynamic`: that suspends, and React keeps what it shows meanwhile for 300 ms at least, though the code came in one.
 * https://github.com/facebook/react/blob/main/packages/react-reconciler/src/ReactFiberWorkLoop.js (FALLBACK_THROTTLE_MS)
 * @param load fetches the code; what it throws is thrown where the component stands
 * @param Waiting what is shown meanwhile; nothing if left out
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>, Waiting?: ComponentType): Later<P> {
  let here: ComponentType<P> | undefined;
  const fetched = async () => {
    here ??= await load();
    return here;
  };
  const Shown = (props: P) => {
    const [{ Loaded, fault }, show] = useState<{ Loaded?: ComponentType<P>; fault?: { error: unknown } }>({});
    // before the browser paints: what is here already shows no flash of what waits, and the first drawing equals the server's
    useLayoutEffect(() => {
      if (here) return show({ Loaded: here });
      let gone = false;
      fetched().then(
        (component) => gone || show({ Loaded: component }),
        (error: unknown) => gone || show({ fault: { error } }),
      );
      return () => {
        gone = true;
      };
    }, []);
    if (fault) throw fault.error;
    if (Loaded) return <Loaded {...props} />;
    return Waiting ? <Waiting /> : null;
  };
  return Object.assign(Shown, { ahead: () => void fetched().catch(() => {}) });
}
