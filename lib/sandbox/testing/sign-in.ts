import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

const tokensSchema = z.object({ access_token: z.string(), refresh_token: z.string(), id_token: z.string() });
export type Tokens = z.infer<typeof tokensSchema>;

const redirect = 'http://127.0.0.1:9/cb';
const scope = 'openid profile email voperson_id eduperson_entitlement entitlements offline_access';

/** Signs a person in as the client `cli`: the authorization code flow with PKCE, as a browser walks it. `cookie`: what the browser keeps. */
export async function signIn(sandboxUrl: string, person: string, realm = '/oidc'): Promise<Tokens & { cookie: string }> {
  const base = `${sandboxUrl}${realm}/protocol/openid-connect`;
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: 'cli',
    response_type: 'code',
    redirect_uri: redirect,
    scope,
    state: 's',
    prompt: 'consent',
    login_hint: person,
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  });
  const cookies = new Map<string, string>();
  let url = `${base}/auth?${query}`;
  for (let hop = 0; hop < 12 && !url.startsWith(redirect); hop++) {
    const response = await fetch(url, { redirect: 'manual', headers: { cookie: cookieHeader(cookies) } });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const next = response.headers.get('location');
    if (!next) throw new Error(`The sign-in stopped at ${url}: ${response.status} ${await response.text()}`);
    url = new URL(next, url).href;
  }
  const code = new URL(url).searchParams.get('code') ?? '';
  const tokens = await redeem(
    sandboxUrl,
    { grant_type: 'authorization_code', code, redirect_uri: redirect, code_verifier: verifier },
    realm,
  );
  return { ...tokens, cookie: cookieHeader(cookies) };
}

const cookieHeader = (cookies: Map<string, string>) => [...cookies].map((pair) => pair.join('=')).join('; ');

/** A call of the token endpoint as `cli`. */
export async function redeem(sandboxUrl: string, fields: Record<string, string>, realm = '/oidc'): Promise<Tokens> {
  const response = await fetch(`${sandboxUrl}${realm}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: 'cli', ...fields }),
  });
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(body)}`);
  return tokensSchema.parse(body);
}
