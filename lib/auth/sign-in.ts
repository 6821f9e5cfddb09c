import { decode } from 'next-auth/jwt';
import type { ProviderConfig } from '@/lib/core/config';
import { isLoopback } from '@/lib/core/loopback';
import { Secret } from '@/lib/core/secret';
import { refusedBy } from '@/lib/credentials';
import { cookiesOf, isSecure } from './cookie';
import { askNextAuth } from './next-auth-door';
import { authOptions, signInPage, type Visit } from './options';
import type { PersonRow } from './people';
import { type AuthServices, getAuth } from './services';
import { findSession } from './sessions';
import { openRefusal, refusalOf, type SignInRefusal, sealRefusal } from './sign-in-refusal';
import { leave } from './sign-out';
import { surroundingsOf } from './surroundings';

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

/**
 * Answers below /api/auth: next-auth's pages of signing in, and its own way of signing out.
 * @param onSignOut what else must be ended for a person who signs out
 */
export async function answerSignIn(
  request: Request,
  { params }: Context,
  onSignOut: (person: PersonRow) => Promise<void> = async () => {},
): Promise<Response> {
  const services = await getAuth();
  return await signIn(services, request, (await params).nextauth, onSignOut);
}

/** The same, with services that are there already. */
export async function signIn(
  services: AuthServices,
  request: Request,
  steps: string[],
  onSignOut: (person: PersonRow) => Promise<void>,
): Promise<Response> {
  const { url } = services.config;
  // next-auth reads its own address from the environment only
  process.env.NEXTAUTH_URL ??= url;
  const here = `http://${request.headers.get('host') ?? ''}`;
  if (request.method === 'POST' && isOtherLoopback(here, url)) {
    // the provider sends the browser back to `url`, where cookies that were set under another name are missing
    return new Response(null, { status: 303, headers: { location: `${url}${signInPage}` } });
  }
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const cookies = cookiesOf(request.headers);
  const [step = '', named] = steps;
  const visit: Visit = {
    headers: request.headers,
    provider: services.credentials.providers.find(({ id }) => id === named),
    again: step === 'signin' && query.again === '1',
    async onSignOut(sid) {
      const session = await findSession(services.db, services.clock, new Secret(sid));
      if (session) await leave(services, session, onSignOut);
    },
  };
  visit.refusal = await beforehand(services, visit, step, query, cookies);
  if (visit.refusal) return await refused(services, visit, visit.refusal, cookies, new Headers());
  // what else is in a query could change what is asked of the provider
  const seen = step === 'signin' ? {} : query;
  const response = await askNextAuth({ request, steps, query: seen, cookies }, authOptions(services, visit));
  const failed = visit.refusal ?? silentRefusal(response, step, visit);
  return failed ? await refused(services, visit, failed, cookies, response.headers) : response;
}

// What is wrong already before next-auth is asked: the provider does not tell where to go, or sent the person back with a refusal.
async function beforehand(
  services: AuthServices,
  visit: Visit,
  step: string,
  query: Record<string, string>,
  cookies: Record<string, string>,
): Promise<SignInRefusal | undefined> {
  const { provider } = visit;
  if (!provider || (step !== 'signin' && step !== 'callback')) return undefined;
  if (query.error !== undefined) return await sentBack(services, provider, query, cookies);
  try {
    const client = services.credentials.openId(provider.id);
    visit.authorizationEndpoint = (await client?.discover())?.authorization_endpoint;
    return undefined;
  } catch (error) {
    return refusalOf(error, provider);
  }
}

// Anybody can make a link with such words in it; those of the provider come with the state that this browser was given.
async function sentBack(
  services: AuthServices,
  provider: ProviderConfig,
  query: Record<string, string>,
  cookies: Record<string, string>,
): Promise<SignInRefusal> {
  const name = `${isSecure(services.config) ? '__Secure-' : ''}next-auth.state`;
  const secret = services.cookieSecret.reveal();
  const kept = await decode({ token: cookies[name], secret, salt: name }).catch(() => null);
  if (!kept?.value || kept.value !== query.state) return { reason: 'late', provider: provider.name };
  const { error = '', error_description: description } = query;
  return refusalOf(refusedBy(provider, { error, description }, 'sign you in'), provider);
}

/** Where next-auth sends those whose sign-in came back without what was put down for it, or who are nobody. */
const silent = [signInPage, '/api/auth/error', '/api/auth/signin'];

// Of that it says nothing, or one word.
function silentRefusal(response: Response, step: string, { provider }: Visit): SignInRefusal | undefined {
  const location = response.headers.get('location');
  if (!provider || !location || (step !== 'callback' && step !== 'signin')) return undefined;
  const { pathname } = new URL(location, response.url || 'http://any.invalid');
  return silent.includes(pathname) ? { reason: 'late', provider: provider.name } : undefined;
}

async function refused(
  services: AuthServices,
  { provider, headers }: Visit,
  refusal: SignInRefusal,
  cookies: Record<string, string>,
  from: Headers,
): Promise<Response> {
  const { reason, said } = refusal;
  const subject = provider?.id ?? 'unknown';
  const data = { ...surroundingsOf(headers), ...(said ? { said } : {}) };
  await services.refusals.note(reason === 'group' ? 'denied' : 'sign-in-failed', { subject, why: reason, data });
  const target = new URL(`${services.config.url}${signInPage}`);
  target.searchParams.set('refusal', await sealRefusal(refusal, services.cookieSecret));
  const wanted = cookies[`${isSecure(services.config) ? '__Secure-' : ''}next-auth.callback-url`];
  if (wanted) target.searchParams.set('callbackUrl', wanted);
  const out = new Headers({ location: target.href, 'cache-control': 'no-store' });
  for (const cookie of from.getSetCookie()) out.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers: out });
}

/** The refusal that the sign-in page was sent; null where it was sent none. */
export async function readRefusal(sealed: unknown): Promise<SignInRefusal | null> {
  return typeof sealed === 'string' ? await openRefusal(sealed, (await getAuth()).cookieSecret) : null;
}

function isOtherLoopback(here: string, url: string): boolean {
  if (!URL.canParse(here)) return false;
  const [asked, own] = [new URL(here), new URL(url)];
  return asked.hostname !== own.hostname && isLoopback(asked.hostname) && isLoopback(own.hostname);
}
