import { may, type OwnedKind } from '@/lib/auth/may';
import { ownerOf } from '@/lib/auth/owner';
import type { Identify, Person } from '@/lib/auth/types';
import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { whileWaitedFor } from '@/lib/core/precedence';
import { notFound } from '@/lib/core/problems';
import { isStorable, parseJson, readBody, requireJson } from '@/lib/core/request-body';
import { storableText } from '@/lib/core/storable';
import { inSpan } from '@/lib/core/tracing/span';
import { observeRequest } from '../metrics';
import type { Services } from '../services';
import { givingBack, Holding } from './held';
import { hashRequest, once } from './idempotency';
import { jsonLinesType } from './json-lines';
import { MethodNotAllowed, type Reply, respond, respondProblem } from './reply';
import type { Route } from './route';
import { strangerOf } from './stranger';

/** Where the API begins. */
export const apiRoot = '/api/v1';

interface Wiring {
  routes: readonly Route[];
  identify: Identify;
  services(): Promise<Services>;
}

/** Makes the one function that answers every request below {@link apiRoot}. It never throws. */
export function createDispatcher({ routes, identify, services }: Wiring): (request: Request) => Promise<Response> {
  const holding = new Holding();
  return async (request) => {
    const requestId = newId('req');
    const started = performance.now();
    const url = new URL(request.url);
    const found = findRoute(routes, request.method, url.pathname.slice(apiRoot.length));
    const isWaitedFor = request.method === 'GET' && found?.route?.spec.access !== 'node';
    const work = () => answer(found, request, url, requestId);
    const response = await traced(found?.route, () =>
      (isWaitedFor ? whileWaitedFor(work) : work()).catch((error: unknown) => {
        if (!(error instanceof AppError)) log.error({ err: error, requestId, path: found?.route?.spec.path }, 'a request met a fault');
        return respondProblem(error, requestId);
      }),
    );
    if (found?.route) observeRequest(found.route.spec, response.status, (performance.now() - started) / 1000);
    return response;
  };

  async function answer(found: Found, request: Request, url: URL, requestId: string): Promise<Response> {
    if (!found?.route) throw found ? new MethodNotAllowed(request.method, found.methods) : noSuchPath(url.pathname);
    const { spec } = found.route;
    const person = spec.access === 'node' ? null : await identify(request);
    if (!person) return await carryOut(found, null, request, url, requestId);
    try {
      return await carryOut(found, person, request, url, requestId);
    } catch (error) {
      await noteDenial(error, spec, person);
      throw error;
    }
  }

  // who asked for what they may not have is in the audit
  async function noteDenial(error: unknown, { method, path }: Route['spec'], { id, via }: Person): Promise<void> {
    const { code } = AppError.from(error);
    if (code !== 'forbidden' && !isOfAnother(error)) return;
    const why = code === 'forbidden' ? code : 'not-theirs';
    await (await services()).refusals.note('denied', { userId: id, subject: `${method} ${path}`, why, data: { via } });
  }

  async function carryOut(
    { route, params }: FoundRoute,
    person: Person | null,
    request: Request,
    url: URL,
    requestId: string,
  ): Promise<Response> {
    const { spec } = route;
    allow(spec, person);
    const made = await services();
    const counted = await spec.knock?.({ services: made, params, request });
    const held: (() => void)[] = [];
    const hold = (bytes: number) => {
      counted?.(bytes);
      if (person) held.push(holding.take(person.id, 'bytes', bytes));
    };
    try {
      const text = request.method === 'GET' || spec.streams ? '' : await readBody(request, hold, spec.mostBytes);
      return await workOn({ route, params, methods: [] }, person, request, { made, url, text, requestId });
    } finally {
      for (const giveBack of held) giveBack();
    }
  }

  async function workOn(
    { route, params }: FoundRoute,
    person: Person | null,
    request: Request,
    { made, url, text, requestId }: { made: Services; url: URL; text: string; requestId: string },
  ): Promise<Response> {
    const { spec } = route;
    if (spec.body && text !== '') requireJson(request.headers.get('content-type'));
    const body = spec.body ? parseJson(text, spec.cleans) : undefined;
    if (spec.of && person) await allowObject(made, spec, spec.of, person, params.id ?? '');
    const asker = person?.id ?? `network ${strangerOf(request, made)}`;
    const closed = spec.access !== 'node' && (spec.streams || staysOpen(request, url)) ? holding.take(asker, 'streams', 1) : undefined;
    try {
      const signal = person && closed ? await whileLetIn(made, person, request.signal) : request.signal;
      const call = { services: made, person, params, query: readQuery(url), body, request, signal, requestId };
      const key = request.headers.get('idempotency-key');
      const work = () => route.run(call);
      const reply: Reply | Response =
        key !== null && person && request.method !== 'GET' && !spec.readOnly && !spec.streams
          ? await once(
              { services: made, userId: person.id, key, requestHash: hashRequest(request.method, url.pathname + url.search, text) },
              work,
            )
          : await work();
      const answer = reply instanceof Response ? reply : respond(reply, requestId);
      return closed ? givingBack(answer, closed, signal) : answer;
    } catch (error) {
      closed?.();
      throw error;
    }
  }
}

// A route's pattern, never the path: that has ids, and the address has what was searched for.
function traced(route: Route | undefined, work: () => Promise<Response>): Promise<Response> {
  if (!route) return work();
  const { method, path } = route.spec;
  const words = { 'http.request.method': method, 'http.route': apiRoot + path };
  return inSpan({ name: `${method} ${apiRoot}${path}`, kind: 'server', words }, async (say) => {
    const response = await work();
    say({ 'http.response.status_code': response.status });
    return response;
  });
}

/** Whether an answer may go on for long after the question who is asking. */
function staysOpen({ headers }: Request, { searchParams }: URL): boolean {
  const accept = headers.get('accept') ?? '';
  return accept.includes('text/event-stream') || accept.includes(jsonLinesType) || searchParams.get('follow') === 'true';
}

async function whileLetIn({ passes }: Services, person: Person, reader: AbortSignal): Promise<AbortSignal> {
  return AbortSignal.any([reader, await passes.watch(person, reader)]);
}

type FoundRoute = { route: Route; params: Record<string, string>; methods: string[] };
type Found = FoundRoute | { route: undefined; methods: string[] } | undefined;

/** The route of a method and path; without `route` where the path knows other methods. */
function findRoute(routes: readonly Route[], method: string, path: string): Found {
  const parts = path.split('/').slice(1);
  const methods: string[] = [];
  for (const route of routes) {
    const params = matchPath(route.spec.path, parts);
    if (!params) continue;
    if (route.spec.method === method) return { route, params, methods };
    methods.push(route.spec.method);
  }
  return methods.length > 0 ? { route: undefined, methods } : undefined;
}

function matchPath(pattern: string, parts: readonly string[]): Record<string, string> | undefined {
  const names = pattern.split('/').slice(1);
  if (names.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const part = decode(parts[index] ?? '');
    if (part === undefined || part === '') return undefined;
    if (name.startsWith('{')) params[name.slice(1, -1)] = part;
    else if (name !== part) return undefined;
  }
  return params;
}

function decode(part: string): string | undefined {
  try {
    const text = decodeURIComponent(part);
    return text.length <= 300 && isStorable(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

// Of a parameter that comes twice the last one counts; characters that nothing can match are taken out.
function readQuery(url: URL): Record<string, string> {
  return Object.fromEntries([...url.searchParams].map(([name, value]) => [name, storableText(value)]));
}

function allow(spec: Route['spec'], person: Person | null): void {
  if (spec.access !== 'signed-in') return;
  if (!person) {
    throw new AppError({
      code: 'not-signed-in',
      title: 'You are not signed in',
      detail: 'This needs a signed-in person: a browser session, a personal access token, or an access token of a sign-in provider.',
      remedy: 'Sign in, or send a token as “Authorization: Bearer …”.',
    });
  }
  if (person.scope === 'read' && spec.method !== 'GET' && !spec.readOnly) {
    throw new AppError({
      code: 'forbidden',
      title: 'This token may only read',
      detail: 'The personal access token has the scope “read”, and this request changes something.',
      remedy: 'Make a token with the scope “write” in Settings → Tokens.',
    });
  }
}

/** Ids that are made of a site's: a person's own sign-in there, and what they connected. They name nothing of anybody else. */
const ofOneself = /^(oidc|device):/;

/** @throws AppError `not-found`, whether it is somebody else's or nobody's: the answer does not tell which */
async function allowObject({ store }: Services, spec: Route['spec'], kind: OwnedKind, person: Person, id: string): Promise<void> {
  if (kind === 'credential' && ofOneself.test(id)) return;
  const owner = await ownerOf(store.db, kind, id);
  const need = spec.method === 'GET' || spec.readOnly ? 'read' : 'change';
  if (owner === undefined) throw notFound(kind);
  if (!may(person, need, owner)) throw Object.defineProperty(notFound(kind), ofAnother, { value: true, enumerable: false });
}

// what is another's looks like what is not there, and only the audit tells them apart
const ofAnother = Symbol('of another');
const isOfAnother = (error: unknown) => error instanceof AppError && ofAnother in error;

function noSuchPath(path: string): AppError {
  return new AppError({
    code: 'not-found',
    title: 'There is nothing at this path',
    detail: `The API has no ${path.slice(0, 200)}.`,
    remedy: `All paths are listed at ${apiRoot}/openapi.json.`,
  });
}
