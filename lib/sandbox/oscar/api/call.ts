import type { IncomingHttpHeaders } from 'node:http';
import type { Answer, Call } from '../../http/call';
import { Refusal } from '../../http/call';

/** Who calls: the cluster's own user, or somebody that its OpenID provider knows. */
export interface Caller {
  /** of MinIO, too: `minio` for the cluster's own user */
  uid: string;
  admin: boolean;
  name: string;
}

/** OSCAR's errors are plain text, and often no text at all. */
export function text(status: number, body?: string): Answer {
  return body === undefined ? { status } : { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

export const refuse = (status: number, body?: string) => new Refusal(text(status, body));
export const json = (body: unknown, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: typeof body === 'string' ? JSON.stringify(body) : body,
});

/** What gin answers where there is no such route; a thing that is missing gets a 404 without a body. */
export const noRoute: Answer = { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 page not found' };

/** @param fault what OSCAR says before Go's words, where it is no JSON */
export function bodyOf(call: Call, fault = 'The service specification is not valid'): unknown {
  try {
    return JSON.parse(call.text);
  } catch {
    throw refuse(400, `${fault}: ${wordsOf(call.text.trim())}`);
  }
}

/** Go's decoder of what is no JSON: it ends too early, or has a wrong sign somewhere. */
function wordsOf(body: string): string {
  if (body === '') return 'EOF';
  if (/^[[{"]/.test(body)) return 'unexpected EOF';
  return `invalid character '${body.charAt(0)}' looking for beginning of value`;
}

/** The user and password of a Basic header; null where there is none. */
export function basicOf(headers: IncomingHttpHeaders): { user: string; password: string } | null {
  const match = /^Basic\s+(\S+)$/i.exec(headers.authorization ?? '');
  if (!match) return null;
  const decoded = Buffer.from(match[1] ?? '', 'base64').toString('utf8');
  const at = decoded.indexOf(':');
  return at < 0 ? null : { user: decoded.slice(0, at), password: decoded.slice(at + 1) };
}

export const bearerOf = (headers: IncomingHttpHeaders) => /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
