import type { z } from 'zod';
import { cacheOf } from '@/lib/core/cache';
import { AppError } from '@/lib/core/errors';
import { announce, timed } from '@/lib/core/signals';
import { untilAborted } from '@/lib/web/abort';
import { type Answer, jsonOf } from '@/lib/web/answer';
import { doorOf } from '@/lib/web/doors';
import { type Address, addressOf } from './addresses';
import { explain } from './errors/explain';
import { refusalInside } from './errors/reservation';
import { endless, unreadable } from './errors/unreadable';
import { regionOf, requireUrl } from './keystone/catalog';
import type { CloudSession } from './keystone/session';
import type { Token } from './keystone/token';
import { idIn, listQuery, markerAfter } from './paging';
import { peerOf } from './peer';
import { siteName } from './site-name';
import type { CallOptions } from './types';
import { chooseVersion, type Offer, readOffer, versionHeaders } from './versions';

const MOST_PAGES = 1_000;
const MOST_ITEMS = 50_000;
const MOST_CHARACTERS = 64 * 1024 * 1024;
const MOST_OFFERS = 1_000;
const OFFER_LASTS_MS = 60 * 60_000;
const makeOffers = () => cacheOf<{ until: number; offer: Promise<Offer | undefined> }>(MOST_OFFERS);
// On globalThis, since Next bundles this module several times into one process.
const key = Symbol.for('transat.openstack.offers');
const holder: typeof globalThis & { [key]?: ReturnType<typeof makeOffers> } = globalThis;
holder[key] ??= makeOffers();
const offers = holder[key];

/** How a request is sent, beside what it asks. */
export interface SendOptions extends CallOptions {
  /** it means the same in every microversion, so it goes out before it is known what the endpoint offers */
  anyVersion?: boolean;
}

/** One request to a service; the path is below the service's address and starts with a slash. */
export interface ServiceRequest extends SendOptions {
  method: string;
  path: string;
  query?: Record<string, string | undefined>;
  body?: unknown;
  /** texts in the body that must not come back in an error */
  secrets?: string[];
  timeoutMs?: number;
}

/** One service of a site, for one person in one project: finds its address, signs in, speaks the right version. */
export class Service {
  readonly type: string;
  readonly site: string;
  readonly #session: CloudSession;

  /** @param type the service's official type */
  constructor(session: CloudSession, type: string) {
    this.type = type;
    this.site = siteName(session.endpoint);
    this.#session = session;
  }

  /**
   * Sends a request; signs in anew and repeats it once when the token is refused (nothing was done then).
   * @returns an answer with a status of 2xx
   * @throws AppError
   */
  async send(request: ServiceRequest): Promise<Answer> {
    let token = await this.#token(request);
    let answer = await this.#sendWith(token, request).catch((error: unknown) => {
      if (isUnauthorized(error)) return undefined; // the version document is behind the same lock at some sites
      throw error;
    });
    if (!answer || answer.status === 401) {
      token = await this.#token(request, token);
      answer = await this.#sendWith(token, request);
    }
    const refusal = answer.status >= 200 && answer.status < 300 ? this.#hidden(answer) : answer;
    if (!refusal) return answer;
    throw this.#explain(request.method, refusal, [token.value.reveal(), ...(request.secrets ?? [])]);
  }

  /** Sends a request and reads its answer by a schema. */
  async ask<T extends z.ZodType>(schema: T, request: ServiceRequest): Promise<z.output<T>> {
    return this.read(schema, await this.send(request));
  }

  /** The same for a single thing: null when it is not there. */
  async find<T extends z.ZodType>(schema: T, path: string, options?: CallOptions): Promise<z.output<T> | null> {
    return this.ask(schema, { method: 'GET', path, ...options }).catch((error: unknown) => {
      if (isGone(error)) return null;
      throw error;
    });
  }

  /** Deletes; what is gone already is fine. */
  async remove(path: string, timeoutMs?: number): Promise<void> {
    await this.send({ method: 'DELETE', path, timeoutMs }).catch(orGone);
  }

  /**
   * A list, page after page to its end, each thing once: what stands on two pages is the same thing.
   * @param collection the key of the list in the answer
   * @throws AppError also `upstream-failed` for a list without an end: half a list is none
   */
  async list<T extends z.ZodType>(
    schema: T,
    path: string,
    collection: string,
    query: Record<string, string | undefined> = {},
    options: SendOptions = {},
  ) {
    const found = new Map<string, z.output<T>>();
    const markers = new Set<string>();
    let marker: string | undefined;
    let characters = 0;
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await this.send({ method: 'GET', path, query: listQuery(query, marker), ...options });
      const next = markerAfter(jsonOf(answer), collection);
      if (!next) throw unreadable(this.site, this.type, answer, collection);
      for (const item of next.items) found.set(idIn(item) ?? `nameless ${found.size}`, this.read(schema, answer, item));
      characters += answer.body.length;
      marker = next.marker;
      // a service that leads back to where it was, or takes no note of the marker, has told all that it will
      if (marker === undefined || markers.has(marker)) return [...found.values()];
      markers.add(marker);
      if (found.size > MOST_ITEMS || characters > MOST_CHARACTERS) break;
    }
    throw endless(this.site, this.type, collection);
  }

  /**
   * Reads an answer, or the part of it that is given, by a schema.
   * @throws AppError `upstream-failed` or `site-catalog-incomplete`
   */
  read<T extends z.ZodType>(schema: T, answer: Answer, json: unknown = jsonOf(answer)): z.output<T> {
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    throw unreadable(this.site, this.type, answer, parsed.error.issues[0]?.path.join('.'));
  }

  #hidden(answer: Answer): Answer | undefined {
    return this.type === 'reservation' ? refusalInside(answer) : undefined;
  }

  #token(request: ServiceRequest, refused?: Token): Promise<Token> {
    const token = refused ? this.#session.renew(refused) : this.#session.token();
    return untilAborted(token, request.signal, this.site, 'identity');
  }

  async #sendWith(token: Token, request: ServiceRequest): Promise<Answer> {
    const address = this.#address(token);
    const speaks = address.speaks;
    const version = request.anyVersion ? undefined : await this.#version(request, token, address);
    const url = new URL(address.base + request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) if (value !== undefined) url.searchParams.set(name, value);
    const { method } = request;
    const headers = { 'x-auth-token': token.value.reveal(), ...versionHeaders(speaks?.name ?? '', version) };
    const asked = {
      service: this.type,
      method,
      url,
      headers,
      body: request.body,
      timeoutMs: request.timeoutMs,
      signal: request.signal,
      turn: token.user.id,
      project: token.project?.id,
    };
    return timed(
      () => doorOf(peerOf(this.#session.endpoint)).send(asked),
      (seconds, answer) => announce('call', { service: this.type, method, status: String(answer?.status ?? 'none'), seconds }),
    );
  }

  #address(token: Token): Address {
    const { region } = this.#session.endpoint;
    const url = requireUrl(token.catalog, this.type, regionOf(token.catalog, region, this.site), this.site);
    return addressOf(this.type, url, token.project?.id ?? '');
  }

  async #version(request: ServiceRequest, token: Token, address: Address): Promise<string | undefined> {
    const { speaks } = address;
    if (!speaks?.discover) return speaks?.version;
    return chooseVersion(speaks.version, await untilAborted(this.#offer(token, address), request.signal, this.site, this.type));
  }

  /** What the endpoint offers, asked once an hour; an endpoint without a version document is spoken to without microversions. */
  async #offer(token: Token, address: Address): Promise<Offer | undefined> {
    const { endpoint, clock } = this.#session;
    const name = `${endpoint.site} ${address.root}`;
    const known = offers.get(name);
    if (known && known.until > clock.now().getTime()) return known.offer;
    const offer = this.#askOffer(token, address);
    offers.set(name, { until: clock.now().getTime() + OFFER_LASTS_MS, offer });
    offer.catch(() => offers.delete(name));
    return offer;
  }

  async #askOffer(token: Token, address: Address): Promise<Offer | undefined> {
    const headers = { 'x-auth-token': token.value.reveal() };
    const answer = await doorOf(peerOf(this.#session.endpoint)).send({
      service: this.type,
      method: 'GET',
      url: new URL(address.root),
      headers,
    });
    if (answer.status === 401 || answer.status === 429 || answer.status >= 500) throw this.#explain('GET', answer, [token.value.reveal()]);
    return readOffer(jsonOf(answer), address.major);
  }

  #explain(method: string, answer: Answer, secrets: string[]): AppError {
    const { auth, clock } = this.#session;
    return explain({ site: this.site, service: this.type, method, purpose: 'use', signedInBy: auth.kind, secrets }, answer, clock.now());
  }
}

/** Whether an error says that the thing is not there. */
export function isGone(error: unknown): boolean {
  return error instanceof AppError && error.upstream?.status === 404 && error.code === 'not-found';
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof AppError && error.upstream?.status === 401;
}

/** For `catch` after a delete: what is gone is a success. */
export function orGone(error: unknown): void {
  if (!isGone(error)) throw error;
}
