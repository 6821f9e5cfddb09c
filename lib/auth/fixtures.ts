import { encode } from 'next-auth/jwt';
import type { Secret } from '@/lib/core/secret';
import { sessionCookie } from './cookie';

/** The cookie of a session as the browser sends it, for tests. */
export async function cookieOf(sid: Secret, secret: Secret, url: string): Promise<string> {
  const token = await encode({ token: { sid: sid.reveal() }, secret: secret.reveal() });
  return `${sessionCookie({ url })}=${token}`;
}
