import { onTestFinished } from 'vitest';
import type { Reply, Seen } from '@/lib/web/testing/http-server';
import { connectCloud } from '../connect';
import type { Cloud } from '../types';
import { type SmallCloud, smallCloud } from './small-cloud';

/** A small cloud and someone signed in to it; it ends with the test. */
export async function cloudAt(
  routes: Record<string, Reply | ((request: Seen) => Reply)>,
): Promise<Cloud & { small: SmallCloud; sent(route: string): unknown[] }> {
  const small = await smallCloud(routes);
  onTestFinished(() => small.close());
  const cloud = await connectCloud(small.endpoint, small.auth, 'p1');
  const sent = (route: string) =>
    small.seen
      .filter(({ method, url }) => `${method} ${url.split('?')[0]}` === route)
      .map(({ body }) => (body === '' ? undefined : JSON.parse(body)));
  return { ...cloud, small, sent };
}
