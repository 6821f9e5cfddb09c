import { AppError } from '@/lib/core/errors';
import { doorOf } from './doors';

/** A public document that Transat reads again and again: a list of sites, an announcement of downtimes. */
export interface DocumentSource {
  /** for messages, pools and limits */
  id: string;
  url: string;
  /** the operator named the address: it may be a private one, and plain http */
  named: boolean;
}

/**
 * Reads a document through the guarded door (checked addresses, verified TLS, no redirects, 8 MiB at most).
 * @param etag of what is kept (RFC 9110, 8.8.3)
 * @returns null where it has not changed
 * @throws AppError as every call, and `upstream-failed` for a status that is no success
 */
export async function readDocument(
  { id, url, named }: DocumentSource,
  { etag, timeoutMs }: { etag?: string; timeoutMs?: number } = {},
): Promise<{ text: string; etag?: string } | null> {
  const door = doorOf({ id, kind: 'directory', address: url, allowPrivate: named });
  const headers = { accept: 'application/json, application/xml;q=0.9', ...(etag ? { 'if-none-match': etag } : {}) };
  const answer = await door.send({ service: 'directory', method: 'GET', url: new URL(url), headers, timeoutMs });
  if (answer.status === 304 && etag) return null;
  if (answer.status === 200) return { text: answer.body, etag: answer.headers.etag };
  throw new AppError({
    code: 'upstream-failed',
    title: 'A directory of sites could not be read',
    detail: `${new URL(url).host} answered with the status ${answer.status}.`,
    remedy: 'What it said before is kept. It is asked again later.',
    upstream: { service: 'directory', status: answer.status, message: 'no document', requestId: answer.requestId },
  });
}
