import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions, signInPage } from './options';
import { getAuth } from './services';

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** Answers below /api/auth: next-auth's pages of signing in. */
export async function answerSignIn(request: NextRequest, context: Context): Promise<Response> {
  const services = await getAuth();
  const { url } = services.config;
  // next-auth reads its own address from the environment only
  process.env.NEXTAUTH_URL ??= url;
  const here = `http://${request.headers.get('host') ?? ''}`;
  if (request.method === 'POST' && isOtherLoopback(here, url)) {
    // the provider sends the browser back to `url`, where cookies that were set under another name are missing
    return new Response(null, { status: 303, headers: { location: `${url}${signInPage}` } });
  }
  return await NextAuth(request, context, authOptions(services));
}

function isOtherLoopback(here: string, url: string): boolean {
  if (!URL.canParse(here)) return false;
  const [asked, own] = [new URL(here), new URL(url)];
  return asked.hostname !== own.hostname && loopback.includes(asked.hostname) && loopback.includes(own.hostname);
}
