import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Agent } from 'undici';
import { guardedConnector } from './connector';
import { explainFailure, kindOfFailure } from './failures';
import { checkUrl } from './guard';
import { nameOf, type Peer } from './types';
import { markUnclear } from './unclear';

const CONNECT_MS = 5_000;
const SILENCE_MS = 60_000;
const MOST_AGENTS = 64;
const MOST_CONNECTIONS = 16;
const agents = new Map<string, Agent>();

/** A request whose bodies are too large to be held: their bytes pass as they come. */
export interface StreamRequest {
  service: string;
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: Readable | Uint8Array | string | null;
  /** milliseconds in which nothing may come before it is given up; left out: a minute */
  silenceMs?: number;
  signal?: AbortSignal;
}

/** What came: the head is read, the body is not. Whoever gets it reads or destroys it. */
export interface StreamAnswer {
  status: number;
  headers: Record<string, string>;
  body: Readable;
}

/**
 * Sends a request once through the same guard as every other (checked and pinned addresses, verified TLS, no redirects), without a limit of
 * size, and gives the answer before its body has come.
 * @throws AppError as {@link Door.send}
 */
export async function stream(peer: Peer, request: StreamRequest): Promise<StreamAnswer> {
  checkUrl(request.url, peer);
  const silence = request.silenceMs ?? SILENCE_MS;
  try {
    const answer = await agentOf(peer).request({
      origin: request.url.origin,
      path: request.url.pathname + request.url.search,
      method: request.method as 'GET', // undici sends any method; its type lists the common ones
      headers: request.headers,
      body: request.body ?? null,
      signal: request.signal,
      headersTimeout: silence,
      bodyTimeout: silence,
    });
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
    }
    return { status: answer.statusCode, headers, body: answer.body };
  } catch (error) {
    const to = {
      kind: peer.kind,
      site: nameOf(peer),
      service: request.service,
      host: request.url.host,
      requestId: '',
      discreet: peer.discreet,
    };
    const explained = explainFailure(error, to, silence / 1000);
    const safe = request.method === 'GET' || request.method === 'HEAD';
    throw !safe && kindOfFailure(error) === 'cut-off' ? markUnclear(explained) : explained;
  }
}

/** Closes every connection that {@link stream} keeps. */
export async function closeStreams(): Promise<void> {
  const open = [...agents.values()];
  agents.clear();
  await Promise.all(open.map((agent) => agent.destroy()));
}

function agentOf(peer: Peer): Agent {
  const ca = createHash('sha256')
    .update(peer.ca ?? '')
    .digest('hex');
  const key = JSON.stringify([
    peer.kind,
    peer.id,
    peer.address,
    Boolean(peer.allowPrivate),
    peer.allowedRanges ?? [],
    Boolean(peer.discreet),
    ca,
  ]);
  const known = agents.get(key);
  if (known) return known;
  const agent = new Agent({ connections: MOST_CONNECTIONS, pipelining: 1, allowH2: false, connect: guardedConnector(peer, CONNECT_MS) });
  agents.set(key, agent);
  const [oldest] = agents;
  if (agents.size > MOST_AGENTS && oldest) {
    agents.delete(oldest[0]);
    void oldest[1].close();
  }
  return agent;
}
