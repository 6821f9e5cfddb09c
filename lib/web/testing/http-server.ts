import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { certificate, privateKey } from './certificate';

/** A request as a test wants to look at it. */
export interface Seen {
  method: string;
  /** path and query */
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What a test's server answers; `cut` ends the connection without an answer, `hang` never answers. */
export type Reply = { status?: number; headers?: Record<string, string>; json?: unknown; text?: string } | 'cut' | 'hang';

/** A real HTTP server in this process, on 127.0.0.1. */
export interface TestServer {
  url: string;
  /** all requests so far, the oldest first */
  seen: Seen[];
  /** connections that were made so far */
  connections: number;
  close(): Promise<void>;
}

/** @param answer may wait before it answers */
export async function serve(answer: (request: Seen) => Reply | Promise<Reply>, { tls = false } = {}): Promise<TestServer> {
  const seen: Seen[] = [];
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const record = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: await bodyOf(request) };
    seen.push(record);
    send(response, await answer(record));
  };
  const listener: RequestListener = (request, response) => void reply(request, response);
  const server: Server = tls ? createTlsServer({ key: privateKey, cert: certificate }, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP, so the address is not a path
  const result: TestServer = {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    seen,
    connections: 0,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on(tls ? 'secureConnection' : 'connection', () => {
    result.connections++;
  });
  return result;
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === 'hang') return;
  if (reply === 'cut') {
    response.socket?.destroy();
    return;
  }
  const isJson = reply.json !== undefined;
  const type = isJson ? 'application/json' : 'text/html';
  response.writeHead(reply.status ?? 200, { 'content-type': type, ...reply.headers });
  response.end(isJson ? JSON.stringify(reply.json) : (reply.text ?? ''));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}
