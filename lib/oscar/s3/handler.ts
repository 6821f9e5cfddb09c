import { Readable } from 'node:stream';
import { stream } from '@/lib/web/stream';
import type { Peer } from '@/lib/web/types';

/** A request as the S3 client makes it, as far as it is looked at here. */
interface SdkRequest {
  protocol: string;
  hostname: string;
  port?: number;
  method: string;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: unknown;
}

/** Takes the S3 client's requests through the guarded door: no byte of it goes another way. */
export class GuardedHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #peer: Peer;

  constructor(peer: Peer) {
    this.#peer = peer;
  }

  async handle(request: SdkRequest, { abortSignal }: { abortSignal?: unknown } = {}) {
    const { protocol, hostname, port, path, method, body } = request;
    const url = new URL(`${protocol}//${hostname}${port ? `:${port}` : ''}${path}${queryOf(request.query)}`);
    const answer = await stream(this.#peer, {
      service: 's3',
      method,
      url,
      // the client signs what is sent under these names; the length is counted anew from the body
      headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => name.toLowerCase() !== 'expect')),
      body: bodyOf(body),
      signal: abortSignal instanceof AbortSignal ? abortSignal : undefined,
    });
    return { response: { statusCode: answer.status, headers: answer.headers, body: answer.body } };
  }

  destroy(): void {
    // connections belong to the door
  }

  updateHttpClientConfig(): void {
    // nothing of the client's own to set
  }

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }
}

/** As the client signed it: names and values escaped by RFC 3986, in the order of their names. */
function queryOf(query: SdkRequest['query'] = {}): string {
  const pairs = Object.entries(query)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, value]) => [value].flat().map((item) => (item === null ? escaped(name) : `${escaped(name)}=${escaped(item)}`)));
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

const escaped = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

function bodyOf(body: unknown): Readable | Uint8Array | string | null {
  if (body === undefined || body === null) return null;
  if (typeof body === 'string' || body instanceof Uint8Array || body instanceof Readable) return body;
  throw new TypeError('The S3 client sent a body of a kind that is not known here');
}
