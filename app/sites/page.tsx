import { HydrationBoundary } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { readPreferences } from '@/components/messages/server';
import { SitesPage } from '@/components/sites/sites-page';
import { prefetch } from '../prefetch';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('sites.title') };
}

/** Comes with what is kept of the sites, and has them asked while it is on its way. */
export default async function AllSitesPage() {
  const { state } = await prefetch([{ queryKey: queries.summaries().queryKey, path: '/facts', query: { wait: 0 }, provisional: true }]);
  return (
    <HydrationBoundary state={state}>
      <SitesPage />
    </HydrationBoundary>
  );
}
