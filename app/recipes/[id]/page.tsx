import { HydrationBoundary } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { readPreferences } from '@/components/messages/server';
import { Readme } from '@/components/recipes/readme';
import { RecipePage } from '@/components/recipes/recipe-page';
import { prefetch } from '../../prefetch';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('recipe.title') };
}

export default async function OneRecipePage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  const { queryKey } = queries.recipe(id);
  const { locale } = await readPreferences();
  const { state, client } = await prefetch([
    { queryKey, path: `/recipes/${encodeURIComponent(id)}`, query: { language: locale } },
    // what an add-on is for, by name
    { queryKey: queries.recipes().queryKey, path: '/recipes', query: { limit: 200 } },
  ]);
  const recipe = client.getQueryData(queryKey);
  return (
    <HydrationBoundary state={state}>
      <RecipePage id={id} readme={recipe && <Readme text={recipe.readme || recipe.description} language={recipe.readmeLanguage} />} />
    </HydrationBoundary>
  );
}
