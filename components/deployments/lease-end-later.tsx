'use client';

import dynamic from 'next/dynamic';
import type { ComponentProps } from 'react';
import type { LeaseEnd as Shown } from './lease-end';

const Loaded = dynamic(() => import('./lease-end').then((module) => module.LeaseEnd), { ssr: false });

/** {@link Shown}, loaded where something stands on a lease: most does not. */
export function LeaseEnd(props: ComponentProps<typeof Shown>) {
  return props.deployment.leaseEndsAt === null ? null : <Loaded {...props} />;
}
