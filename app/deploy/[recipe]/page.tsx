import { HydrationBoundary } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { Configure } from '@/components/configure/configure';
import { readPreferences } from '@/components/messages/server';
import { readOwnRange } from '../../own-range';
import { prefetch } from '../../prefetch';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('configure.page') };
}

export default async function DeployPage({ params }: { params: Promise<{ recipe: string }> }) {
  const id = decodeURIComponent((await params).recipe);
  const own = await readOwnRange();
  const { state } = await prefetch([
    { queryKey: queries.recipe(id).queryKey, path: `/recipes/${encodeURIComponent(id)}` },
    // its add-ons
    { queryKey: queries.recipes().queryKey, path: '/recipes', query: { limit: 200 } },
  ]);
  return (
    <HydrationBoundary state={state}>
      <Configure key={id} id={id} ownRange={own} />
    </HydrationBoundary>
  );
}
