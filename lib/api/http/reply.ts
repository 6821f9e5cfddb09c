import { AppError } from '@/lib/core/errors';
import type { ProblemDocument } from '../contract/common';

/** What a handler answers; the wrapper turns it into a response. */
export interface Reply<Body = unknown> {
  /** 200, or 204 where there is no body */
  status?: number;
  body?: Body;
  headers?: Record<string, string>;
}

/** On every answer: nothing of the API is ever kept by a cache, nor taken for another type. */
export const common = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

const sizeOf = (text: string) => ({ 'content-length': String(Buffer.byteLength(text)) });

/** A reply as a response. */
export function respond({ status, body, headers = {} }: Reply, requestId: string): Response {
  const own = { ...headers, 'x-request-id': requestId };
  if (body === undefined) return new Response(null, { status: status ?? 204, headers: { ...common, ...own } });
  const text = JSON.stringify(body);
  return new Response(text, {
    status: status ?? 200,
    headers: { 'content-type': 'application/json; charset=utf-8', ...common, ...sizeOf(text), ...own },
  });
}

/** The problem for a method that a path does not know. */
export class MethodNotAllowed extends AppError {
  readonly allow: string;
  constructor(method: string, others: readonly string[]) {
    super({
      code: 'method-not-allowed',
      title: `There is no ${method} at this path`,
      detail: `This path knows ${others.join(', ')}.`,
      remedy: 'All paths and methods are listed at /api/v1/openapi.json.',
    });
    this.allow = others.join(', ');
  }
}

/** An error as the body of RFC 9457. */
export function problemOf(error: unknown, requestId: string): ProblemDocument {
  const problem = AppError.from(error);
  return { type: `urn:transat:problem:${problem.code}`, status: problem.status, ...problem.toProblem(), requestId };
}

/** An error as RFC 9457 problem+json. */
export function respondProblem(error: unknown, requestId: string): Response {
  const problem = AppError.from(error);
  const text = JSON.stringify(problemOf(problem, requestId));
  return new Response(text, {
    status: problem.status,
    headers: {
      ...common,
      ...sizeOf(text),
      'content-type': 'application/problem+json; charset=utf-8',
      'x-request-id': requestId,
      ...('retryAfter' in problem ? { 'retry-after': String(problem.retryAfter) } : {}),
      ...('allow' in problem ? { allow: String(problem.allow) } : {}),
      ...(problem.status === 401 ? { 'www-authenticate': 'Bearer realm="Transat"' } : {}),
    },
  });
}
