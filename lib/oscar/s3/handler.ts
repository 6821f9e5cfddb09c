import { Readable } from 'node:stream';
import { AppError } from '@/lib/core/errors';
import { stream } from '@/lib/web/stream';
import type { Peer } from '@/lib/web/types';
import { markUnclear } from '@/lib/web/unclear';
import { wholeBody } from '@/lib/web/whole';

/** From a request to the last byte of its answer. A file has no such limit: it may be large, and only silence ends it. */
const TOTAL_MS = 120_000;

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
  readonly #totalMs: number;

  constructor(peer: Peer, totalMs = TOTAL_MS) {
    this.#peer = peer;
    this.#totalMs = totalMs;
  }

  async handle(request: SdkRequest, { abortSignal }: { abortSignal?: unknown } = {}) {
    const { protocol, hostname, port, path, method, body } = request;
    const url = new URL(`${protocol}//${hostname}${port ? `:${port}` : ''}${path}${queryOf(request.query)}`);
    const sent = bodyOf(body);
    const isRead = method === 'GET' && request.query?.['x-id'] === 'GetObject';
    const limits = [
      ...(abortSignal instanceof AbortSignal ? [abortSignal] : []),
      // how long a file takes, up or down, its size decides
      ...(isRead || sent instanceof Readable ? [] : [AbortSignal.timeout(this.#totalMs)]),
    ];
    const answer = await stream(this.#peer, {
      service: 's3',
      method,
      url,
      // the client signs what is sent under these names; the length is counted anew from the body
      headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => name.toLowerCase() !== 'expect')),
      body: sent,
      signal: limits.length > 0 ? AbortSignal.any(limits) : undefined,
    });
    const { status: statusCode, headers } = answer;
    if (isRead && statusCode < 300) return { response: { statusCode, headers, body: answer.body } };
    // the answer to a file that went up, or that there is none, has its own time
    const late = setTimeout(() => answer.body.destroy(outOfTime()), this.#totalMs);
    const asked = { service: 's3', host: url.host, seconds: this.#totalMs / 1000 };
    const whole = await wholeBody(answer, this.#peer, asked)
      .catch((error: unknown) => {
        throw method === 'GET' || method === 'HEAD' || !(error instanceof AppError) ? error : markUnclear(error);
      })
      .finally(() => clearTimeout(late));
    return { response: { statusCode, headers, body: Readable.from([whole]) } };
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

const outOfTime = () => Object.assign(new Error('no end in time'), { name: 'TimeoutError' });

/** As the client signed it: names and values escaped by RFC 3986, in the order of their names. */
function queryOf(query: SdkRequest['query'] = {}): string {
  const pairs = Object.entries(query)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, value]) => [value].flat().map((item) => (item === null ? escaped(name) : `${escaped(name)}=${escaped(item)}`)));
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

const escaped = (text: string) =>
  encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

function bodyOf(body: unknown): Readable | Uint8Array | string | null {
  if (body === undefined || body === null) return null;
  if (typeof body === 'string' || body instanceof Uint8Array || body instanceof Readable) return body;
  throw new TypeError('The S3 client sent a body of a kind that is not known here');
}
