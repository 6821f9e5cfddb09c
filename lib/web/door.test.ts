import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '@/lib/core/clock';
import { Door, type DoorRequest } from './door';
import { certificate } from './testing/certificate';
import { type Reply, serve, type TestServer } from './testing/http-server';
import type { Peer } from './types';
import { isUnclear } from './unclear';

const servers: TestServer[] = [];
const doors: Door[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  await Promise.all(doors.splice(0).map((door) => door.close()));
});

async function server(answer: Parameters<typeof serve>[0], options?: { tls: boolean }): Promise<TestServer> {
  const made = await serve(answer, options);
  servers.push(made);
  return made;
}

/** Replies in their order, the last one for ever. */
function inOrder(...replies: Reply[]): () => Reply {
  let next = 0;
  return () => replies[Math.min(next++, replies.length - 1)] ?? 'cut';
}

function door(peer: Partial<Peer> = {}): { door: Door; slept: number[] } {
  const slept: number[] = [];
  const sleep = async (ms: number) => {
    slept.push(ms);
  };
  const made = new Door(
    { id: 'lab', kind: 'site', address: 'http://unused', allowPrivate: true, ...peer },
    { clock: systemClock, sleep, random: () => 1 },
  );
  doors.push(made);
  return { door: made, slept };
}

const get = (url: string, rest: Partial<DoorRequest> = {}): DoorRequest => ({
  service: 'compute',
  method: 'GET',
  url: new URL(url),
  ...rest,
});
const post = (url: string, rest: Partial<DoorRequest> = {}): DoorRequest => get(url, { method: 'POST', body: { a: 1 }, ...rest });

describe('what is repeated', () => {
  test('a read, after a pause, until it succeeds', async () => {
    const at = await server(inOrder({ status: 503 }, { status: 502 }, { json: { good: true } }));
    const { door: it, slept } = door();
    expect((await it.send(get(at.url))).body).toBe('{"good":true}');
    expect(slept).toEqual([250, 500]);
  });

  test('a read that was cut off', async () => {
    const at = await server(inOrder('cut', { json: 1 }));
    expect((await door().door.send(get(at.url))).status).toBe(200);
  });

  test('a read waits as long as it is told to', async () => {
    const at = await server(inOrder({ status: 429, headers: { 'retry-after': '9' } }, { json: 1 }));
    const { door: it, slept } = door();
    await it.send(get(at.url));
    expect(slept).toEqual([9000]);
  });

  test.each(['POST', 'PUT', 'DELETE'])('never a %s', async (method) => {
    const at = await server(() => ({ status: 503 }));
    expect((await door().door.send(get(at.url, { method }))).status).toBe(503);
    expect(at.seen).toHaveLength(1);
  });

  test('a change that says it does no harm', async () => {
    const at = await server(inOrder('cut', { json: 1 }));
    expect((await door().door.send(post(at.url, { repeatable: true }))).status).toBe(200);
    expect(at.seen.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
  });
});

describe('what can go wrong', () => {
  test('nothing listens: unreachable, and surely nothing was done', async () => {
    const at = await serve(() => 'cut');
    await at.close();
    const error = await door()
      .door.send(post(at.url))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'site-unreachable', cause: 'Nothing listens at that address.', upstream: { service: 'compute' } });
    expect(isUnclear(error)).toBe(false);
  });

  test('no such name', async () => {
    await expect(door().door.send(post('http://no-such-host.invalid/'))).rejects.toMatchObject({ code: 'site-unreachable' });
  });

  test('a change that is cut off is unclear', async () => {
    const at = await server(() => 'cut');
    const error = await door()
      .door.send(post(at.url))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'site-unreachable' });
    expect(isUnclear(error)).toBe(true);
  });

  test('a change that gets no answer in its time is unclear', async () => {
    const at = await server(() => 'hang');
    const error = await door()
      .door.send(post(at.url, { timeoutMs: 30 }))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'site-unreachable', title: 'The site did not answer in time' });
    expect(isUnclear(error)).toBe(true);
  });

  test('a read that gets no answer in its time is not asked again, and is not unclear', async () => {
    const at = await server(() => 'hang');
    const { door: it, slept } = door();
    const error = await it.send(get(at.url, { timeoutMs: 200 })).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'site-unreachable' });
    expect(isUnclear(error)).toBe(false);
    // A busy machine may not have brought even the first one in that time.
    expect(at.seen.length).toBeLessThanOrEqual(1);
    expect(slept).toEqual([]);
  });

  test('the caller gives up', async () => {
    const at = await server(() => 'hang');
    const error = await door()
      .door.send(get(at.url, { signal: AbortSignal.timeout(30) }))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'deadline-passed' });
  });

  test('an answer without end is not read to its end', async () => {
    const at = await server(() => ({ text: 'x'.repeat(9 * 1024 * 1024) }));
    await expect(door().door.send(get(at.url))).rejects.toMatchObject({ code: 'upstream-failed', title: 'The site’s answer is too large' });
  });

  test('a certificate that nobody vouches for, until its authority is named', async () => {
    const at = await server(() => ({ json: 1 }), { tls: true });
    const error = await door()
      .door.send(post(at.url))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'site-tls-untrusted', cause: 'The certificate is signed by itself.' });
    expect(isUnclear(error)).toBe(false);
    expect(at.seen).toHaveLength(0);
    expect((await door({ ca: certificate }).door.send(post(at.url))).status).toBe(200);
  });

  test('https spoken to a server of plain http', async () => {
    const at = await server(() => ({ json: 1 }));
    const url = at.url.replace('http:', 'https:');
    await expect(door().door.send(get(url))).rejects.toMatchObject({ code: 'site-tls-untrusted' });
  });
});

describe('how it is sent', () => {
  test('a redirection is an answer, not a way', async () => {
    const trap = await server(() => ({ json: 'caught' }));
    const at = await server(() => ({ status: 302, headers: { location: trap.url } }));
    expect((await door().door.send(get(at.url, { headers: { 'x-auth-token': 't' } }))).status).toBe(302);
    expect(trap.seen).toHaveLength(0);
  });

  test('with a request id of ours; the service’s own is kept', async () => {
    const at = await server(
      inOrder({ headers: { 'x-openstack-request-id': 'req-nova' } }, { headers: { 'x-compute-request-id': 'req-cinder' } }, {}),
    );
    const { door: it } = door();
    const ids = [await it.send(get(at.url)), await it.send(get(at.url)), await it.send(get(at.url))].map(({ requestId }) => requestId);
    const sent = at.seen.map(({ headers }) => headers['x-openstack-request-id']);
    expect(sent.every((id) => /^req-[0-9a-f-]{36}$/.test(String(id)))).toBe(true);
    expect(ids).toEqual(['req-nova', 'req-cinder', sent[2]]);
  });

  test('no more than 16 at once, over connections that are used again', async () => {
    let now = 0;
    let most = 0;
    const at = await server(async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
      return { json: 1 };
    });
    const { door: it } = door();
    await Promise.all(Array.from({ length: 64 }, () => it.send(get(at.url))));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(16);
    expect(at.connections).toBeLessThanOrEqual(16);
  });

  test('no more for one project than its part: those of others find room beside it', async () => {
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const begun: string[] = [];
    const at = await server(async ({ url }) => {
      begun.push(String(url).slice(-1));
      await held;
      return { json: 1 };
    });
    const { door: it } = door();
    const of = (project: string, many: number) => Array.from({ length: many }, () => it.send(get(`${at.url}/${project}`, { project })));
    const all = [...of('a', 20), ...of('b', 3)];
    await expect.poll(() => begun.length).toBe(15);
    expect(begun.filter((project) => project === 'a')).toHaveLength(12);
    letGo();
    await Promise.all(all);
    expect(begun).toHaveLength(23);
  });

  test('never to this machine, unless the operator opened it', async () => {
    const at = await server(() => ({ json: 1 }), { tls: true });
    const closed = door({ allowPrivate: false, ca: certificate }).door;
    const byName = at.url.replace('127.0.0.1', 'localhost');
    for (const url of [at.url, byName]) await expect(closed.send(get(url))).rejects.toMatchObject({ code: 'site-address-refused' });
    expect(at.connections).toBe(0);
    expect((await door({ ca: certificate }).door.send(get(byName))).status).toBe(200);
  });
});
