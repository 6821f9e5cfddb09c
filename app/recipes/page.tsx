import { HydrationBoundary } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { readPreferences } from '@/components/messages/server';
import { Catalogue } from '@/components/recipes/catalogue';
import { prefetch } from '../prefetch';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('catalogue.title') };
}

export default async function RecipesPage() {
  const { state } = await prefetch([{ queryKey: queries.recipes().queryKey, path: '/recipes', query: { limit: 200 } }]);
  return (
    <HydrationBoundary state={state}>
      <Catalogue />
    </HydrationBoundary>
  );
}
