import { readPreferences } from '@/components/messages/server';
import { RecipePage } from '@/components/recipes/recipe-page';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('recipe.title') };
}

export default async function OneRecipePage({ params }: { params: Promise<{ id: string }> }) {
  return <RecipePage id={decodeURIComponent((await params).id)} />;
}
