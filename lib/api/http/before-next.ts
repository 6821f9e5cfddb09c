import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { MethodNotAllowed, respondProblem } from './reply';

/** What Next can carry to us. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const refusals = ['path', 'method'] as const;
/** Half a year at least is what preload lists and checkers ask for; sub-domains are not ours to speak for. */
const transport = 'max-age=31536000';
const watching = Symbol.for('transat.before-next');

/** What stands against a request before Next sees it: Next would meet a fault of its own, and answer 500. */
export function refusalOf(method: string, url: string): (typeof refusals)[number] | undefined {
  if (!methods.some((known) => known === method)) return 'method';
  try {
    decodeURIComponent(url.split('?')[0] ?? '');
    return undefined;
  } catch {
    return 'path';
  }
}

/**
 * Leads what Next can't carry to a route that answers it as a problem, and lets every answer say that this host is reached by https, where it
 * is. To be called before the first request.
 * @param url Transat's own address
 */
export function standBeforeNext(url: string): void {
  const holder: typeof globalThis & { [watching]?: true } = globalThis;
  if (holder[watching]) return;
  holder[watching] = true;
  const secure = url.startsWith('https:');
  channel('http.server.request.start').subscribe((message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (secure) response.setHeader('strict-transport-security', transport);
    const refusal = refusalOf(request.method ?? '', request.url ?? '');
    if (!refusal) return;
    request.method = 'GET';
    request.url = `/api/refused/${refusal}`;
  });
}

/** Answers a request that was led here. */
export function answerRefused(why: string): Response {
  const requestId = newId('req');
  if (why === 'method') return respondProblem(new MethodNotAllowed('such method', methods), requestId);
  const problem = new AppError({
    code: 'bad-request',
    title: 'The path can’t be read',
    detail: 'It has a % that two hexadecimal digits of UTF-8 text do not follow.',
    remedy: 'Write a % itself as %25.',
  });
  return respondProblem(problem, requestId);
}
