import { HydrationBoundary } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { Configure } from '@/components/configure/configure';
import { readPreferences } from '@/components/messages/server';
import { prefetch } from '../../prefetch';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('configure.page') };
}

export default async function DeployPage({ params }: { params: Promise<{ recipe: string }> }) {
  const id = decodeURIComponent((await params).recipe);
  const { state } = await prefetch([{ queryKey: queries.recipe(id).queryKey, path: `/recipes/${encodeURIComponent(id)}` }]);
  return (
    <HydrationBoundary state={state}>
      <Configure key={id} id={id} />
    </HydrationBoundary>
  );
}
