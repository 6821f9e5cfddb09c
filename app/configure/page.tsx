import { redirect } from 'next/navigation';
import { queries } from '@/components/api/queries';
import { deployAddress } from '@/components/configure/foreign-link';
import type { RecipeList } from '@/lib/api/contract/recipes';
import { prefetch } from '../prefetch';

/** Links of the Infrastructure Manager's dashboard, which documents and portals hold: each opens the form that it means. */
export default async function ForeignLinkPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const given = Object.entries(await searchParams).flatMap(([name, value]) =>
    [value ?? []].flat().map((text): [string, string] => [name, text]),
  );
  const { queryKey } = queries.recipes();
  const { client } = await prefetch([{ queryKey, path: '/recipes', query: { limit: 200 } }]);
  redirect(deployAddress(new URLSearchParams(given), client.getQueryData<RecipeList>(queryKey)?.items ?? []));
}
