/** A whole answer of a service: read to the end, within the size limit. */
export interface Answer {
  status: number;
  /** names in lower case; of several values the first */
  headers: Record<string, string>;
  body: string;
  /** the service's request id, or ours where it sent none */
  requestId: string;
}

/** The body as JSON, or undefined when it is not JSON (a proxy's HTML page, an empty body). */
export function jsonOf(answer: Pick<Answer, 'body'>): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    return undefined;
  }
}
