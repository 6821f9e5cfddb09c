import { tidyText } from '@/lib/core/text';

/** A whole answer of a service: read to the end, within the size limit. */
export interface Answer {
  status: number;
  /** names in lower case; of several values the first */
  headers: Record<string, string>;
  body: string;
  /** the service's request id, or ours where it sent none */
  requestId: string;
}

/** Bodies without any of these have nothing to tidy: control signs and half pairs can only be written as escapes in JSON. */
const NEEDS_CARE = /\\u|__proto__|(?![\t\n\r])\p{Cc}|\p{Bidi_Control}/u;

/**
 * The body as JSON, or undefined when it is not JSON (a proxy's HTML page, an empty body). Its texts are tidied (see `tidyText`), so that
 * whatever a cloud says can be stored and shown; the key `__proto__` is left out.
 */
export function jsonOf(answer: Pick<Answer, 'body'>): unknown {
  try {
    const json: unknown = JSON.parse(answer.body);
    return NEEDS_CARE.test(answer.body) ? tidy(json) : json;
  } catch {
    return undefined; // also what is nested so deeply that it can't be walked through
  }
}

function tidy(value: unknown): unknown {
  if (typeof value === 'string') return tidyText(value);
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(entries.map(([key, inner]) => [tidyText(key), tidy(inner)]));
}
