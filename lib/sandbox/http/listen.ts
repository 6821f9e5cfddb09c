import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Answer } from './call';

const MOST_BODY = 4 * 1024 * 1024;

export type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Listens on the loopback addresses (both families, as `localhost` may mean either).
 * @param port 0 picks a free one
 * @returns the port, and how to stop: open connections are cut
 */
export async function listen(port: number, listener: Listener): Promise<{ port: number; close(): Promise<void> }> {
  const first = createServer(listener);
  await bind(first, port, '127.0.0.1');
  const address = first.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  const servers = [first];
  const second = createServer(listener);
  try {
    await bind(second, bound, '::1');
    servers.push(second);
  } catch {
    // a machine without IPv6 (or with somebody else there) is served on 127.0.0.1 alone
  }
  return {
    port: bound,
    close: async () => {
      await Promise.all(
        servers.map((server) => {
          const closed = new Promise<void>((resolve) => server.close(() => resolve()));
          server.closeAllConnections();
          return closed;
        }),
      );
    },
  };
}

function bind(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** The whole body as text; null where it is too large. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > MOST_BODY) return null;
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Sends an answer: text as HTML, all else as JSON. */
export function send(response: ServerResponse, answer: Answer): void {
  const { status, headers = {}, body } = answer;
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body === undefined) {
    if (status !== 204) response.setHeader('content-length', '0');
    response.end();
    return;
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  if (!response.hasHeader('content-type')) {
    response.setHeader('content-type', typeof body === 'string' ? 'text/html; charset=UTF-8' : 'application/json');
  }
  response.end(text);
}
