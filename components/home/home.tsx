'use client';

import { useViewer } from '@/components/shared/use-viewer';
import { Page } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';
import { Landing } from './landing';
import { Mine } from './mine';
import type { Runs } from './who-runs-it';

/** What is mine for those who are signed in; what this is for all others. */
export function Home({ runs }: { runs: Runs }) {
  const viewer = useViewer();
  if (viewer.state === 'signed-out') return <Landing runs={runs} />;
  if (viewer.state === 'signed-in') return <Mine me={viewer.me} />;
  return (
    <Page wide>
      <Skeleton className="mb-6 h-9 w-64" />
      <Skeleton className="h-96 rounded-card" />
    </Page>
  );
}
