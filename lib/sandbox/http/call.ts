import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** One request, as a service of a sandbox cloud sees it. */
export interface Call {
  method: string;
  /** below the service's root, with a leading slash and without a trailing one or `.json` */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** the body as it came */
  text: string;
  /** what stood in the route's `:name` segments */
  params: Record<string, string>;
  /** `req-<uuid>`, as OpenStack's services give each request one */
  requestId: string;
}

/** What goes back. `body`: text is sent as HTML, all else as JSON; `undefined` is no body. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Thrown anywhere below a handler: the request ends with this answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`HTTP ${answer.status}`);
    this.answer = answer;
  }
}

export const newRequestId = () => `req-${randomUUID()}`;

/** The page that WebOb-based services (Nova, Glance, Cinder) answer with where no fault is JSON. */
export function htmlPage(status: number, title: string, text: string): string {
  return `<html>\n <head>\n  <title>${status} ${title}</title>\n </head>\n <body>\n  <h1>${status} ${title}</h1>\n  ${text}<br /><br />\n\n\n\n </body>\n</html>`;
}
