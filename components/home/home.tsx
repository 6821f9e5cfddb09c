'use client';

import { useSession } from '@/components/shared/use-session';
import { Page } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';
import { Landing } from './landing';
import { Mine } from './mine';

/** What is mine for those who are signed in; what this is for all others. */
export function Home() {
  const session = useSession();
  if (session.state === 'signed-out') return <Landing />;
  if (session.state === 'signed-in') return <Mine me={session.me} />;
  return (
    <Page wide>
      <Skeleton className="mb-6 h-9 w-64" />
      <Skeleton className="h-96 rounded-card" />
    </Page>
  );
}
