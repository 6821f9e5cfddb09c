import { HydrationBoundary } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { readPreferences } from '@/components/messages/server';
import { RecipePage } from '@/components/recipes/recipe-page';
import { prefetch } from '../../prefetch';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('recipe.title') };
}

export default async function OneRecipePage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  const { state } = await prefetch([{ queryKey: queries.recipe(id).queryKey, path: `/recipes/${encodeURIComponent(id)}` }]);
  return (
    <HydrationBoundary state={state}>
      <RecipePage id={id} />
    </HydrationBoundary>
  );
}
