import type { NextApiRequest, NextApiResponse } from 'next';
import NextAuth, { type AuthOptions } from 'next-auth';
import { parseJson, readBody } from '@/lib/core/request-body';

/** A form of next-auth's holds a token, a name and an address. */
const MOST_BYTES = 16 * 1024;

/** A request to next-auth: `/api/auth/<steps>`, and of its query only what next-auth may see. */
export interface AuthAsking {
  request: Request;
  steps: string[];
  query: Record<string, string>;
  cookies: Record<string, string>;
}

/**
 * Asks next-auth by its oldest door, which needs nothing of Next around it.
 * @throws AppError `body-too-large`, `bad-request` for what no form of next-auth sends
 */
export async function askNextAuth({ request, steps, query, cookies }: AuthAsking, options: AuthOptions): Promise<Response> {
  const asked = {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    query: { ...query, nextauth: steps },
    cookies,
    body: await bodyOf(request),
  };
  const headers = new Headers({ 'cache-control': 'no-store' });
  const cookiesSet: string[] = [];
  let status = 200;
  let body: string | null = null;
  const answer = {
    status(code: number) {
      status = code;
      return answer;
    },
    getHeader: (name: string) => (isCookie(name) ? cookiesSet : (headers.get(name) ?? undefined)),
    setHeader(name: string, value: string | string[]) {
      if (isCookie(name)) cookiesSet.splice(0, cookiesSet.length, ...[value].flat());
      else headers.set(name, [value].flat().join(', '));
      return answer;
    },
    json(value: unknown) {
      headers.set('content-type', 'application/json');
      body = JSON.stringify(value);
    },
    send(value: unknown) {
      if (typeof value === 'string') body = value;
      else if (value !== undefined && value !== null) answer.json(value);
    },
    end() {},
  };
  // next-auth reads and calls no more of them than there is here
  await NextAuth(asked as unknown as NextApiRequest, answer as unknown as NextApiResponse, options);
  for (const cookie of cookiesSet) headers.append('set-cookie', cookie);
  return new Response(body, { status, headers });
}

const isCookie = (name: string) => name.toLowerCase() === 'set-cookie';

async function bodyOf(request: Request): Promise<Record<string, string> | undefined> {
  if (request.method !== 'POST') return undefined;
  const type = request.headers.get('content-type') ?? '';
  const text = await readBody(request, () => {}, MOST_BYTES);
  const said = type.includes('application/json') ? Object.entries(parseJson(text) ?? {}) : [...new URLSearchParams(text)];
  return Object.fromEntries(said.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}
