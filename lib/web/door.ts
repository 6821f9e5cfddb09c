import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Agent } from 'undici';
import { type Clock, systemClock } from '@/lib/core/clock';
import type { AppError } from '@/lib/core/errors';
import { inSpan } from '@/lib/core/tracing/span';
import { gaveUp } from './abort';
import type { Answer } from './answer';
import { guardedConnector } from './connector';
import { explainFailure, isPassing, kindOfFailure } from './failures';
import { checkUrl } from './guard';
import { Limit, Limits } from './limit';
import { waitBeforeRetry } from './retry';
import { nameOf, type Peer } from './types';
import { markUnclear } from './unclear';

/** Requests to one peer at once, of all processes together. */
export const MOST_IN_FLIGHT = 16;
/** … and of them for one project there: others always find room beside it. */
export const MOST_OF_PROJECT = 12;
const CONNECT_MS = 5_000;
const READ_MS = 20_000;
const WRITE_MS = 30_000;
const MOST_BYTES = 8 * 1024 * 1024;

/** One request to a service of a peer. */
export interface DoorRequest {
  /** which of its services, for messages: of a site the type in the catalogue */
  service: string;
  method: string;
  url: URL;
  headers?: Record<string, string>;
  /** sent as JSON */
  body?: unknown;
  /** sent as it is (text/plain), in place of a body */
  text?: string;
  /** sent as a form (application/x-www-form-urlencoded), in place of a body */
  form?: Record<string, string>;
  /** may be sent twice without harm; left out: GET and HEAD may */
  repeatable?: boolean;
  /** milliseconds for one attempt, from its start to the last byte; left out: 20 s to read, 30 s to change */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** who asks: where many wait, each is let through in turn */
  turn?: string;
  /** id of the project that it is for, of which no more than some may be under way */
  project?: string;
}

/** What a door takes from the world around it. */
export interface DoorWorld {
  clock: Clock;
  /** waits between attempts */
  sleep(ms: number, signal?: AbortSignal): Promise<unknown>;
  /** from 0 to 1 */
  random(): number;
}

const machine: DoorWorld = {
  clock: systemClock,
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
  random: Math.random,
};

/**
 * The one way in which Transat talks to the world: guarded addresses, verified TLS, kept-alive connections, at most
 * {@link MOST_IN_FLIGHT} requests at once, time and size limits, no redirects, careful repeats.
 */
export class Door {
  readonly #peer: Peer;
  readonly #world: DoorWorld;
  readonly #agent: Agent;
  readonly #limit: Limit;
  readonly #projects: Limits;

  /** @param most how many requests may be under way, in all and for one project, asked whenever one begins or ends */
  constructor(peer: Peer, world: DoorWorld = machine, most = { inAll: () => MOST_IN_FLIGHT, ofProject: () => MOST_OF_PROJECT }) {
    this.#limit = new Limit(most.inAll);
    this.#projects = new Limits(most.ofProject);
    this.#peer = peer;
    this.#world = world;
    this.#agent = new Agent({
      connections: MOST_IN_FLIGHT,
      pipelining: 1,
      allowH2: false,
      maxResponseSize: MOST_BYTES,
      connect: guardedConnector(peer, CONNECT_MS),
    });
  }

  /**
   * Sends a request and reads the whole answer, whatever its status.
   * @throws AppError `site-address-refused`, `site-tls-untrusted`, `site-unreachable`, `upstream-failed` (answer too large),
   *   `deadline-passed` (the caller's signal)
   */
  async send(request: DoorRequest): Promise<Answer> {
    checkUrl(request.url, this.#peer);
    const { service, method } = request;
    const words = { 'transat.peer': this.#peer.kind, 'transat.service': service, 'http.request.method': method };
    return inSpan({ name: `${method} ${service}`, kind: 'client', words }, async (say) => {
      const answer = await this.#send(request);
      say({ 'http.response.status_code': answer.status });
      return answer;
    });
  }

  async #send(request: DoorRequest): Promise<Answer> {
    const safe = request.method === 'GET' || request.method === 'HEAD';
    const repeatable = request.repeatable ?? safe;
    const requestId = `req-${randomUUID()}`;
    for (let attempt = 1; ; attempt++) {
      const result = await this.#attempt(request, requestId).then(
        (answer) => ({ answer }),
        (error: unknown) => ({ error }),
      );
      const pause = this.#pause(result, repeatable && !request.signal?.aborted, attempt);
      if (pause === null) {
        if ('answer' in result) return result.answer;
        throw this.#explain(result.error, request, requestId, safe);
      }
      await this.#world.sleep(pause, request.signal).catch((error: unknown) => {
        throw this.#explain(error, request, requestId, safe);
      });
    }
  }

  /** Lets what is under way end and closes the connections. */
  async close(): Promise<void> {
    await this.#agent.close();
  }

  #attempt(request: DoorRequest, requestId: string): Promise<Answer> {
    const { signal, turn, project } = request;
    const exchange = () => this.#limit.run(() => this.#exchange(request, requestId), signal, turn);
    // who waits for their project takes no place from others meanwhile
    return project === undefined ? exchange() : this.#projects.run(project, exchange, signal, turn);
  }

  async #exchange({ url, method, headers, body, text, form, signal, timeoutMs }: DoorRequest, requestId: string): Promise<Answer> {
    const limit = AbortSignal.timeout(timeoutMs ?? timeFor(method));
    const response = await this.#agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: method as 'GET', // undici sends any method; its type lists the common ones
      headers: {
        accept: 'application/json',
        'user-agent': 'transat',
        ...(this.#peer.kind === 'site' ? { 'x-openstack-request-id': requestId } : {}),
        ...(text === undefined ? contentType(body, form) : { 'content-type': 'text/plain' }),
        ...headers,
      },
      body: form ? new URLSearchParams(form).toString() : (text ?? (body === undefined ? null : JSON.stringify(body))),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    const received: Record<string, string> = {};
    for (const [name, value] of Object.entries(response.headers)) {
      const first = Array.isArray(value) ? value[0] : value;
      if (first !== undefined) received[name] = first;
    }
    return {
      status: response.statusCode,
      headers: received,
      body: await response.body.text(),
      requestId: received['x-openstack-request-id'] ?? received['x-compute-request-id'] ?? requestId,
    };
  }

  #pause(result: { answer: Answer } | { error: unknown }, repeatable: boolean, attempt: number): number | null {
    const now = this.#world.clock.now();
    if ('answer' in result) {
      const { status, headers } = result.answer;
      return waitBeforeRetry({ status, retryAfter: headers['retry-after'] }, repeatable, attempt, now, this.#world.random());
    }
    const again = repeatable && isPassing(result.error);
    return waitBeforeRetry({ failed: kindOfFailure(result.error) }, again, attempt, now, this.#world.random());
  }

  #explain(error: unknown, request: DoorRequest, requestId: string, safe: boolean): AppError {
    const { discreet, kind } = this.#peer;
    const to = { discreet, kind, site: nameOf(this.#peer), service: request.service, host: request.url.host, requestId };
    const explained = request.signal?.aborted
      ? gaveUp(to.site, to.service, requestId)
      : explainFailure(error, to, (request.timeoutMs ?? timeFor(request.method)) / 1000);
    return !safe && kindOfFailure(error) === 'cut-off' ? markUnclear(explained) : explained;
  }
}

function timeFor(method: string): number {
  return method === 'GET' || method === 'HEAD' ? READ_MS : WRITE_MS;
}

function contentType(body: unknown, form: DoorRequest['form']): Record<string, string> {
  if (form) return { 'content-type': 'application/x-www-form-urlencoded' };
  return body === undefined ? {} : { 'content-type': 'application/json' };
}
