import { HydrationBoundary } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { Home } from '@/components/home/home';
import { readAbout } from '@/lib/api';
import { firstDeployments } from './deployments/first-page';
import { prefetch } from './prefetch';

export default async function HomePage() {
  const [{ state }, runs] = await Promise.all([
    prefetch([{ queryKey: queries.recipes().queryKey, path: '/recipes', query: { limit: 200 } }, firstDeployments]),
    readAbout(),
  ]);
  return (
    <HydrationBoundary state={state}>
      <Home runs={runs} />
    </HydrationBoundary>
  );
}
