import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

type Answer = (request: Request) => Promise<Response>;

const leading = Symbol.for('transat.past-next');

/**
 * Has what is posted below a path answered past Next, which takes twice as long for each as what is behind it: the nodes of hundreds of deployments say what they do
 * every few seconds. All else goes to Next, and what it says to browsers with each answer is not said here. From the next request on, once in a process.
 * @param prefix of paths
 * @param answer never fails
 */
export function leadPastNext(prefix: string, answer: Answer): void {
  const holder: typeof globalThis & { [leading]?: true } = globalThis;
  if (holder[leading]) return;
  holder[leading] = true;
  const led = new WeakSet<Server>();
  channel('http.server.request.start').subscribe((message) => {
    const { server } = message as { server: Server };
    if (led.has(server)) return;
    led.add(server);
    const others = server.listeners('request');
    server.removeAllListeners('request');
    server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
      const url = incoming.method === 'POST' && urlBelow(prefix, incoming.url);
      if (url) void pass(requestOf(url, incoming, outgoing), { incoming, outgoing }, answer);
      else for (const other of others) other.call(server, incoming, outgoing);
    });
  });
}

/** @returns the address, where it is below `prefix` also once it is read: `..` may lead anywhere */
function urlBelow(prefix: string, written = ''): URL | null {
  if (!written.startsWith(prefix)) return null;
  const url = new URL(written, 'http://localhost');
  return url.pathname.startsWith(prefix) ? url : null;
}

interface Exchange {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
}

async function pass(request: Request, { incoming, outgoing }: Exchange, answer: Answer): Promise<void> {
  try {
    const response = await answer(request);
    const text = await response.text();
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(text);
  } catch {
    // who asked has gone
    outgoing.destroy();
  } finally {
    // what was refused before it was read is still on its way, and the next request on the connection behind it
    incoming.removeAllListeners('data').resume();
  }
}

function requestOf(url: URL, incoming: IncomingMessage, outgoing: ServerResponse): Request {
  const gone = new AbortController();
  outgoing.once('close', () => outgoing.writableFinished || gone.abort());
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) if (value !== undefined) headers.set(name, String(value));
  const from = {
    method: 'POST',
    headers,
    body: Readable.toWeb(incoming) as ReadableStream,
    signal: gone.signal,
    duplex: 'half',
  };
  return new Request(url, from);
}
