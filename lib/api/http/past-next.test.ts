import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { log } from '@/lib/core/log';
import { leadPastNext } from './past-next';

let server: Server;
let at: string;
const aborted: unknown[] = [];

beforeAll(async () => {
  server = createServer((_, answer) => answer.end('Next'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    if (pathname.endsWith('/hangs'))
      return await new Promise(() => request.signal.addEventListener('abort', () => aborted.push(request.url)));
    if (pathname.endsWith('/fails')) throw new Error('no');
    if (pathname.endsWith('/breaks')) {
      const body = new ReadableStream({ pull: (controller) => controller.error(new Error('no more')) });
      return new Response(body, { headers: { 'x-request-id': 'r2' } });
    }
    if (pathname.endsWith('/refused')) return new Response(null, { status: 401 });
    const text = await request.text().catch((error: unknown) => {
      aborted.push(request.url);
      throw error;
    });
    return Response.json(
      { pathname, search, token: request.headers.get('authorization'), text },
      { status: 201, headers: { 'x-request-id': 'r1' } },
    );
  };
  leadPastNext('/api/v1/', answer, { 'x-said': 'always' });
  leadPastNext('/', async () => new Response('a second one'), {});
});
afterAll(() => server.close());

const post = (path: string, init: RequestInit = {}) => fetch(at + path, { method: 'POST', body: 'é'.repeat(50_000), ...init });

test('what is posted below the path is answered, with all that it says', async () => {
  const answer = await post('/api/v1/nodes/n1?a=b', { headers: { authorization: 'Bearer x' } });
  expect([answer.status, answer.headers.get('x-request-id'), answer.headers.get('content-type')]).toEqual([201, 'r1', 'application/json']);
  expect(await answer.json()).toEqual({ pathname: '/api/v1/nodes/n1', search: '?a=b', token: 'Bearer x', text: 'é'.repeat(50_000) });
});

test('what is fetched there is answered too, and says what all answers say', async () => {
  const answer = await fetch(`${at}/api/v1/nodes/n1?a=b`);
  expect(await answer.json()).toEqual({ pathname: '/api/v1/nodes/n1', search: '?a=b', token: null, text: '' });
  expect(answer.headers.get('x-said')).toBe('always');
});

test.each<[string, string, RequestInit]>([
  ['another path', '/api/auth/session', {}],
  ['what asks which methods there are', '/api/v1/nodes/n1', { method: 'OPTIONS' }],
  ['the path itself', '/api/v1', {}],
  ['a path with a slash too many', '/api/v1/nodes/n1/?a=b', {}],
  ['another', '/api/v1/nodes//n1', {}],
])('%s goes to Next', async (_, path, init) => {
  expect(await (await post(path, init)).text()).toBe('Next');
});

test('what only seems to be below the path goes to Next', async () => {
  const { port } = server.address() as AddressInfo;
  const told = (path: string) =>
    new Promise<string>((resolve, reject) => {
      // fetch would read the path before it is sent
      const asked = request({ port, path, method: 'POST' }, (answer) => answer.setEncoding('utf8').once('data', resolve));
      asked.once('error', reject).end();
    });
  for (const path of ['/api/v1/../auth/session', '/api/v1/%2e%2e/auth/session', '/api/v1/..']) expect(await told(path)).toBe('Next');
  expect(await told('/api/v1/nodes/a/../n1')).toContain('"pathname":"/api/v1/nodes/n1"');
});

test('who goes away meanwhile is told of', async () => {
  const gone = new AbortController();
  const asked = post('/api/v1/nodes/hangs', { signal: gone.signal }).catch(() => 'gone');
  await new Promise((resolve) => setTimeout(resolve, 50));
  gone.abort();
  expect(await asked).toBe('gone');
  await expect.poll(() => aborted).toHaveLength(1);
});

test('who goes away while they send is no fault, and others are answered', async () => {
  const { port } = server.address() as AddressInfo;
  const before = aborted.length;
  const asked = request({ port, method: 'POST', path: '/api/v1/nodes/cut', headers: { 'content-length': 1000 } });
  asked.on('error', () => {});
  asked.write('ten bytes!', () => asked.destroy());
  await expect.poll(() => aborted).toHaveLength(before + 1);
  expect((await post('/api/v1/nodes/n1')).status).toBe(201);
});

test('what fails all the same ends the connection, and nothing else', async () => {
  await expect(post('/api/v1/nodes/fails')).rejects.toThrow();
  expect((await post('/api/v1/nodes/n1')).status).toBe(201);
});

test('an answer that breaks off on its way is cut, and the operator is told', async () => {
  const told = vi.spyOn(log, 'error').mockImplementation(() => {});
  await expect(fetch(`${at}/api/v1/nodes/breaks`).then((answer) => answer.text())).rejects.toThrow();
  const fault = expect.objectContaining({ message: 'no more' });
  await expect.poll(() => told.mock.calls).toEqual([[{ err: fault, requestId: 'r2' }, 'an answer met a fault on its way']]);
  told.mockRestore();
  expect((await post('/api/v1/nodes/n1')).status).toBe(201);
});

test('what is refused before it was read keeps no other waiting on the same connection', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set<number | undefined>();
  const send = (bytes: number) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(`${at}/api/v1/nodes/refused`, { agent, method: 'POST' }, (answer) => {
        ports.add(answer.socket.localPort);
        answer.resume().once('end', () => resolve(answer.statusCode));
      });
      asked.once('error', reject).end(Buffer.alloc(bytes));
    });
  for (const bytes of [10, 5_000_000, 10, 80_000, 10]) expect(await send(bytes)).toBe(401);
  expect(ports.size).toBe(1);
  agent.destroy();
});
