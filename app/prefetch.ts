import { type DehydratedState, dehydrate, QueryClient, type QueryKey } from '@tanstack/react-query';
import { cookies } from 'next/headers';
import { apiPath } from '@/components/api/client';
import { answerApi } from '@/lib/api';

/** What a page reads first: where the screens keep it, and the path of the API it comes from. */
export interface Ask {
  queryKey: QueryKey;
  path: string;
  query?: Record<string, string | number>;
  /** shown at once, and asked again by the browser */
  provisional?: boolean;
  /** the first page of a list that grows */
  paged?: boolean;
}

/**
 * Asks the API within this process, as the person who asks for the page, so that the page comes with its data.
 * Pages have no Suspense around what shows it: a part that wakes late would meet data that came meanwhile, and be drawn anew.
 * @returns what was answered, for the browser and for this page, and the status of each answer; what failed is left for the browser to ask
 */
export async function prefetch(asks: Ask[]): Promise<{ state: DehydratedState; client: QueryClient; statuses: number[] }> {
  const client = new QueryClient();
  const cookie = (await cookies()).toString();
  const statuses = await Promise.all(
    asks.map(async ({ queryKey, path, query, provisional, paged }) => {
      const response = await answerApi(new Request(new URL(apiPath(path, query), 'http://transat'), { headers: { cookie } }));
      if (response.ok) {
        const answer: unknown = await response.json();
        client.setQueryData(queryKey, paged ? { pages: [answer], pageParams: [null] } : answer, provisional ? { updatedAt: 1 } : undefined);
      }
      return response.status;
    }),
  );
  return { state: dehydrate(client), client, statuses };
}
