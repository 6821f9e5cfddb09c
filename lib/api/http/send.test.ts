import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from './send';

let server: Server;
let next: () => Response;
const outcomes: string[] = [];

beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    send(next(), incoming, outgoing).then(
      () => outcomes.push('sent'),
      () => outcomes.push('gone'),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

interface Got {
  status: number | undefined;
  headers: Record<string, unknown>;
  bytes: Buffer;
}

function get(takes?: string): Promise<Got> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const asked = request({ port, headers: takes === undefined ? {} : { 'accept-encoding': takes } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(parts) }));
    });
    asked.on('error', reject).end();
  });
}

/** An answer of so many bytes; `how` left out: its length is said. */
const ofBytes =
  (bytes: number, headers: Record<string, string> = {}, how: 'whole' | 'in pieces' = 'whole') =>
  () => {
    const text = 'x'.repeat(bytes);
    const said = { 'content-type': 'application/json; charset=utf-8', ...headers };
    if (how === 'whole') return new Response(text, { headers: { ...said, 'content-length': String(bytes) } });
    return new Response(new Blob([text]).stream(), { headers: said });
  };

test.each<[string, string | undefined, () => Response, boolean]>([
  ['a long one', 'gzip, br', ofBytes(4096), true],
  ['a short one', 'gzip', ofBytes(4095), false],
  ['one for who takes none', undefined, ofBytes(5000), false],
  ['one for who takes another', 'br', ofBytes(5000), false],
  ['one for who wants it least', 'br, gzip;q=0.1', ofBytes(5000), true],
  ['one for who refuses it', 'br, gzip;q=0', ofBytes(5000), false],
  ['one for who refuses it more precisely', 'gzip; q=0.0, br', ofBytes(5000), false],
  ['a problem', 'gzip', ofBytes(5000, { 'content-type': 'application/problem+json' }), true],
  ['a text', 'gzip', ofBytes(5000, { 'content-type': 'text/plain' }), true],
  ['a file', 'gzip', ofBytes(5000, { 'content-type': 'application/octet-stream' }), false],
  ['one that is not to be changed', 'gzip', ofBytes(5000, { 'cache-control': 'no-store, no-transform' }), false],
  ['a very long one', 'gzip', ofBytes(1_100_000), true],
  ['one of unknown length', 'gzip', ofBytes(10, {}, 'in pieces'), true],
  ['a file of unknown length', 'gzip', ofBytes(2_000_000, { 'content-type': 'application/zip' }, 'in pieces'), false],
])('%s, where gzip is taken by "%s": all of it comes, and compressed only where that is worth it', async (_, takes, answer, packs) => {
  next = answer;
  const expected = Buffer.from(await answer().arrayBuffer());
  const { headers, bytes } = await get(takes);
  expect(headers['content-encoding']).toBe(packs ? 'gzip' : undefined);
  expect((packs ? gunzipSync(bytes) : bytes).equals(expected)).toBe(true);
});

test('what depends on who asks says so', async () => {
  next = ofBytes(10);
  expect((await get()).headers.vary).toBe('accept-encoding');
  next = ofBytes(10, { 'content-type': 'image/png' });
  expect((await get()).headers.vary).toBeUndefined();
});

test('an answer without a body ends, with its status and each of its cookies', async () => {
  const headers = new Headers({ 'x-request-id': 'r1' });
  for (const cookie of ['a=1', 'b=2']) headers.append('set-cookie', cookie);
  next = () => new Response(null, { status: 204, headers });
  const got = await get('gzip');
  expect([got.status, got.headers['x-request-id'], got.headers['set-cookie'], got.bytes.length]).toEqual([204, 'r1', ['a=1', 'b=2'], 0]);
});

test('what comes piece by piece is there at once, and ends where its reader goes', async () => {
  let cancelled = false;
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode('first')),
    cancel: () => {
      cancelled = true;
    },
  });
  next = () => new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-transform' } });
  outcomes.length = 0;
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    const asked = request({ port, headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      answer.once('data', (part) => {
        expect(String(part)).toBe('first');
        asked.destroy();
        resolve();
      });
      answer.once('error', () => {});
    });
    asked.on('error', () => {}).end();
  });
  await expect.poll(() => [cancelled, outcomes]).toEqual([true, ['gone']]);
});

test('the head of what has nothing to say yet is with its reader already', async () => {
  next = () => new Response(new ReadableStream(), { headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-transform' } });
  const { port } = server.address() as AddressInfo;
  const status = await new Promise((resolve, reject) => {
    const asked = request({ port }, (answer) => {
      resolve(answer.statusCode);
      answer.once('error', () => {});
      asked.destroy();
    });
    asked.on('error', reject).end();
  });
  expect(status).toBe(200);
});
