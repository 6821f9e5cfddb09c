import { createServer } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { closeStreams } from '@/lib/web/stream';
import { serve } from '@/lib/web/testing/http-server';
import { isUnclear } from '@/lib/web/unclear';
import { GuardedHandler } from './handler';

const LARGE = 'x'.repeat(8 * 1024 * 1024 + 1);
afterAll(closeStreams);

const handlerOf = (address: string, totalMs?: number) =>
  new GuardedHandler({ id: 'here', name: 'OSCAR here', kind: 'cluster', address, allowPrivate: true }, totalMs);
const requestTo = (address: string, method = 'GET', query: Record<string, string> = {}) => {
  const { hostname, port } = new URL(address);
  return { protocol: 'http:', hostname, port: Number(port), method, path: '/pictures', query, headers: {} };
};

test('of what a storage answers no more than 8 MiB is held, but a file passes whole', async () => {
  const server = await serve(({ url }) => ({ status: url.includes('refused') ? 403 : 200, text: LARGE }));
  const handler = handlerOf(server.url);
  const asked: Record<string, string>[] = [{ 'list-type': '2' }, { 'x-id': 'GetObject', refused: '' }];
  for (const query of asked)
    await expect(handler.handle(requestTo(server.url, 'GET', query))).rejects.toMatchObject({ title: 'The cluster’s answer is too large' });
  const { response } = await handler.handle(requestTo(server.url, 'GET', { 'x-id': 'GetObject' }));
  expect(Buffer.concat(await response.body.toArray()).length).toBe(LARGE.length);
  await server.close();
});

test('an answer that comes byte by byte, or never, has an end', async () => {
  const dripping = createServer((request, response) => {
    if (request.url?.includes('never')) return;
    const drip = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(drip));
  });
  await new Promise<void>((resolve) => dripping.listen(0, '127.0.0.1', resolve));
  const address = dripping.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const asked: Record<string, string>[] = [{ 'list-type': '2' }, { never: '' }];
  for (const query of asked) {
    const late = handlerOf(url, 200).handle(requestTo(url, 'GET', query));
    await expect(late).rejects.toMatchObject({ code: 'site-unreachable', title: 'The cluster did not answer in time' });
  }
  const change: unknown = await handlerOf(url, 200)
    .handle(requestTo(url, 'PUT'))
    .catch((error: unknown) => error);
  expect(isUnclear(change), 'what it did is not known').toBe(true);
  dripping.closeAllConnections();
  await new Promise((resolve) => dripping.close(resolve));
});
