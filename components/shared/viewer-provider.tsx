'use client';

import type { ReactNode } from 'react';
import { SignedOutContext } from './use-viewer';

/** Tells everything below it what the server has seen of the session. */
export function ViewerProvider({ signedOut, children }: { signedOut: boolean; children: ReactNode }) {
  return <SignedOutContext value={signedOut}>{children}</SignedOutContext>;
}
