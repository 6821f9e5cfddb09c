import { hkdfSync } from 'node:crypto';
import { decode } from 'next-auth/jwt';
import type { Config } from '@/lib/core/config';
import { Secret } from '@/lib/core/secret';
import { readMasterKeys } from '@/lib/credentials';

/** Whether cookies may travel over TLS only: wherever Transat itself is reached by https. */
export const isSecure = (config: Pick<Config, 'url'>): boolean => config.url.startsWith('https:');

/** Name of the cookie that holds the session's id, encrypted. `__Host-` keeps sibling domains from setting it. */
export const sessionCookie = (config: Pick<Config, 'url'>): string => (isSecure(config) ? '__Host-transat-session' : 'transat-session');

/** The key of all sign-in cookies: NEXTAUTH_SECRET, else derived from the master key. */
export function cookieSecret(config: Config, env: Record<string, string | undefined>): Secret {
  if (env.NEXTAUTH_SECRET) return new Secret(env.NEXTAUTH_SECRET);
  const master = readMasterKeys(config, env).current.key.reveal();
  return new Secret(Buffer.from(hkdfSync('sha256', master, '', 'transat sign-in cookies', 32)).toString('base64url'));
}

/** The session's id in a request's cookies; null when there is none, or it is not ours. */
export async function readSessionId(headers: Headers, config: Config, secret: Secret): Promise<Secret | null> {
  const token = cookiesOf(headers)[sessionCookie(config)];
  if (!token) return null;
  try {
    const content = await decode({ token, secret: secret.reveal() });
    return typeof content?.sid === 'string' ? new Secret(content.sid) : null;
  } catch {
    return null; // expired, forged, or of another key
  }
}

/** The cookies of a request. Of a name that comes twice the first one counts, which is that of the longer path (RFC 6265, 5.4). */
export function cookiesOf(headers: Headers): Record<string, string> {
  const found: Record<string, string> = {};
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const [name = '', ...value] = part.split('=');
    const key = name.trim();
    if (key !== '' && key !== '__proto__' && !(key in found)) found[key] = decoded(value.join('=').trim());
  }
  return found;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
