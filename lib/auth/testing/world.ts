import { ManualClock } from '@/lib/core/clock';
import { type Config, readConfig } from '@/lib/core/config';
import type { ProviderConfig } from '@/lib/core/config/provider';
import { Secret } from '@/lib/core/secret';
import { createCredentials, readRing } from '@/lib/credentials';
import { testKey } from '@/lib/credentials/fixtures';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { createIdentify } from '../identify';
import { Refusals } from '../refusals';
import type { AuthServices } from '../services';
import { signIn } from '../sign-in';
import { openRefusal } from '../sign-in-refusal';
import { TestBrowser } from './browser';

/** Signing in, with a database of its own and a browser, for tests. */
export interface AuthWorld extends AuthServices {
  store: Store;
  clock: ManualClock;
  browser(): TestBrowser;
  /** Begins to sign in; the provider's first page. */
  begin(browser: TestBrowser, provider: string, query?: string): ReturnType<TestBrowser['post']>;
  /** Who the browser is signed in as. */
  who(browser: TestBrowser): ReturnType<AuthServices['identify']>;
  /** What the sign-in page would say. */
  refusal(url: URL): ReturnType<typeof openRefusal>;
}

/** Makes one. @param url where Transat would be */
export async function openAuthWorld(url: string, providers: ProviderConfig[]): Promise<AuthWorld> {
  const store = await openTestStore();
  const clock = new ManualClock(new Date());
  const env = { TRANSAT_KEY: testKey() };
  const config: Config = { ...readConfig({ TRANSAT_URL: url, TRANSAT_SANDBOX: '0' }, '/nowhere'), providers };
  const credentials = createCredentials({ db: store.db, clock, config, ring: readRing(config, env), env });
  const cookieSecret = new Secret('cookie-secret-of-tests');
  const parts = { db: store.db, clock, config, credentials, cookieSecret, refusals: new Refusals(store.db, clock) };
  const identify = createIdentify(parts);
  const services: AuthServices = { ...parts, identify, onSignIn: async () => {} };
  process.env.NEXTAUTH_URL = url;
  const steps = (request: Request) => new URL(request.url).pathname.split('/').slice(3);
  const browser = () => new TestBrowser(url, (request) => signIn(services, request, steps(request), async () => {}));
  return {
    ...services,
    store,
    clock,
    browser,
    async begin(of, provider, query = '') {
      const { csrfToken }: { csrfToken: string } = JSON.parse((await of.get('/api/auth/csrf')).text);
      return await of.post(`/api/auth/signin/${provider}${query}`, { csrfToken, callbackUrl: '/deployments' });
    },
    who: (of) => identify({ method: 'GET', headers: new Headers({ cookie: of.cookie(new URL(url)) }) }),
    refusal: (page) => openRefusal(page.searchParams.get('refusal') ?? undefined, cookieSecret),
  };
}
