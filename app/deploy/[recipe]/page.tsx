import { HydrationBoundary } from '@tanstack/react-query';
import { headers } from 'next/headers';
import { queries } from '@/components/api/queries';
import { Configure } from '@/components/configure/configure';
import { readPreferences } from '@/components/messages/server';
import { ownRange } from '@/lib/auth/person-address';
import { getAuth } from '@/lib/auth/services';
import { inRanges } from '@/lib/web/addresses';
import { prefetch } from '../../prefetch';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('configure.page') };
}

export default async function DeployPage({ params }: { params: Promise<{ recipe: string }> }) {
  const id = decodeURIComponent((await params).recipe);
  const { trustedProxies } = (await getAuth()).config;
  const own = ownRange(await headers(), (address) => inRanges(address, trustedProxies));
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
