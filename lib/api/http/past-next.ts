import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { log } from '@/lib/core/log';
import { send } from './send';

type Answer = (request: Request) => Promise<Response>;

const leading = Symbol.for('transat.past-next');

/** Of what else there is, Next knows what it means for any path. */
const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Has what is asked for below a path answered past Next, which takes as long for each as what is behind it: the nodes of hundreds of deployments say what they do
 * every few seconds, and pages ask as often. From the next request on, once in a process.
 * @param prefix of paths
 * @param answer never fails
 * @param said headers that are said with each answer, as Next says them (next.config.js)
 */
export function leadPastNext(prefix: string, answer: Answer, said: Record<string, string>): void {
  const holder: typeof globalThis & { [leading]?: true } = globalThis;
  if (holder[leading]) return;
  holder[leading] = true;
  const led = new WeakSet<Server>();
  const lines = Object.entries(said);
  channel('http.server.request.start').subscribe((message) => {
    const { server } = message as { server: Server };
    if (led.has(server)) return;
    led.add(server);
    const others = server.listeners('request');
    server.removeAllListeners('request');
    server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
      const url = methods.has(incoming.method ?? '') && urlBelow(prefix, incoming.url);
      if (!url) {
        for (const other of others) other.call(server, incoming, outgoing);
        return;
      }
      for (const [name, value] of lines) outgoing.setHeader(name, value);
      void pass(url, { incoming, outgoing }, answer);
    });
  });
}

/** @returns the address, where it is below `prefix` also once it is read: `..` may lead anywhere. What has a slash too many Next leads to the path that was meant. */
function urlBelow(prefix: string, written = ''): URL | null {
  if (!written.startsWith(prefix)) return null;
  const url = new URL(written, 'http://localhost');
  return url.pathname.startsWith(prefix) && !/\/(?:\/|$)/.test(url.pathname) ? url : null;
}

interface Exchange {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
}

async function pass(url: URL, { incoming, outgoing }: Exchange, answer: Answer): Promise<void> {
  let requestId: string | null = null;
  try {
    const response = await answer(requestOf(url, { incoming, outgoing }));
    requestId = response.headers.get('x-request-id');
    await send(response, incoming, outgoing);
  } catch (err) {
    const hasGone = (err as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!hasGone) log.error({ err, requestId }, 'an answer met a fault on its way');
    outgoing.destroy();
  } finally {
    // what was refused before it was read is still on its way, and the next request on the connection behind it
    incoming.removeAllListeners('data').resume();
  }
}

function requestOf(url: URL, { incoming, outgoing }: Exchange): Request {
  const gone = new AbortController();
  outgoing.once('close', () => outgoing.writableFinished || gone.abort());
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) if (value !== undefined) headers.set(name, String(value));
  const asked = { method: incoming.method, headers, signal: gone.signal };
  if (asked.method === 'GET') return new Request(url, asked);
  const sent = { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' };
  return new Request(url, { ...asked, ...sent });
}
