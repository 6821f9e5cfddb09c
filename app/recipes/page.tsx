import { Suspense } from 'react';
import { readPreferences } from '@/components/messages/server';
import { Catalogue } from '@/components/recipes/catalogue';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('catalogue.title') };
}

export default function RecipesPage() {
  return (
    <Suspense>
      <Catalogue />
    </Suspense>
  );
}
