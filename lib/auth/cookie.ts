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
  const token = cookieValue(headers.get('cookie') ?? '', sessionCookie(config));
  if (!token) return null;
  try {
    const content = await decode({ token, secret: secret.reveal() });
    return typeof content?.sid === 'string' ? new Secret(content.sid) : null;
  } catch {
    return null; // expired, forged, or of another key
  }
}

function cookieValue(header: string, name: string): string | undefined {
  for (const part of header.split(';')) {
    const [key, ...value] = part.split('=');
    if (key?.trim() === name) return value.join('=').trim();
  }
  return undefined;
}
