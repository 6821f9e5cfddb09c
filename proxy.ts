import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from '@/lib/api/http/page-policy';

/** Gives every page a nonce of its own. Next reads it from the policy of the request, and puts it on what it writes into the page. */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy({
    nonce: randomBytes(16).toString('base64'),
    secure: process.env.TRANSAT_URL?.startsWith('https:') === true,
    development: process.env.NODE_ENV === 'development',
  });
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

/** Pages, and what is no page of ours; the API, the files of the build and what machines ask say theirs without a nonce (next.config.js). */
export const config = { matcher: ['/((?!api/|_next/|map/|healthz$|readyz$|metrics$|icon.svg$).*)'] };
