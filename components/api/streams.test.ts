import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import type { List } from '@/lib/api/contract/common';
import type { SiteView } from '@/lib/api/contract/sites';
import { readSites } from './streams';

afterEach(() => vi.unstubAllGlobals());

// of a site only what tells it apart is looked at here
const site = (id: string) => ({ id, access: 'ready' }) as SiteView;
const idsIn = (list: List<SiteView> | undefined) => list?.items.map(({ id }) => id);

test('a site that was known stays until all were told: nothing that stands on it goes in between', async () => {
  const client = new QueryClient();
  const queryKey = ['sites'];
  client.setQueryData<List<SiteView>>(queryKey, { items: [site('europe'), site('america')], next: null });
  let tell = (_line: string): void => {};
  let end = (): void => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      tell = (line) => controller.enqueue(new TextEncoder().encode(`${line}\n`));
      end = () => controller.close();
    },
  });
  vi.stubGlobal('fetch', async () => new Response(body, { headers: { 'content-type': 'application/x-ndjson' } }));
  vi.stubGlobal('location', { origin: 'http://transat.test', href: 'http://transat.test/' });
  const reading = readSites({
    client,
    queryKey,
    signal: new AbortController().signal,
    meta: undefined,
    direction: undefined,
    pageParam: undefined,
  });
  tell(JSON.stringify(site('asia')));
  await expect.poll(() => idsIn(client.getQueryData(queryKey))).toEqual(['europe', 'america', 'asia']);
  tell(JSON.stringify(site('europe')));
  end();
  expect(idsIn(await reading)).toEqual(['asia', 'europe']);
});
