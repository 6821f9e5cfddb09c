import { z } from 'zod';
import type { Transport } from './transport';
import type { OscarRequest } from './types';

/** Says whose images the cluster takes, for everybody; 4.0 and later, and its own user alone. @param prefixes none: all images are taken */
export async function setAllowedImages(transport: Transport, prefixes: readonly string[]): Promise<void> {
  const body = { allowed_image_repositories: prefixes };
  const call = { method: 'PUT', path: '/system/config', doing: 'change which images it takes', body, expects: [200] } as const;
  await transport.call(call);
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const requestsSchema = z.object({
  logs: z
    .array(z.object({ timestamp: text, status: z.number().catch(0), latency: text, client_ip: text, method: text, path: text, user: text }))
    .nullable()
    .transform((value) => value ?? []),
});
const LOG_MS = 30_000;

/**
 * The calls of services that the cluster's log has, the newest first; 3.6 and later, and its administrators alone. Of an address only the path is kept: what stands
 * behind it may be a token, and so may a user's name that looks like one.
 * @returns null: the cluster has no log (any more)
 */
export async function listRequests(transport: Transport): Promise<OscarRequest[] | null> {
  const call = { method: 'GET', path: '/system/logs', doing: 'show its log', timeoutMs: LOG_MS, expects: [200, 404] } as const;
  const answer = await transport.call(call);
  if (answer.status === 404) return null;
  const { logs } = transport.parse(answer, requestsSchema, call.doing);
  return logs.toReversed().map(({ timestamp, status, latency, client_ip: address, path, user }) => ({
    at: Number.isNaN(Date.parse(timestamp)) ? null : new Date(timestamp).toISOString(),
    status,
    took: latency,
    address,
    kind: path.startsWith('/run') ? 'run' : 'job',
    service: serviceIn(path),
    user: isToken(user) ? '***' : user,
  }));
}

const isToken = (word: string) => /^[0-9a-f]{64}$/i.test(word) || (word.split('.').length === 3 && word.length > 60);
const serviceIn = (path: string) => decoded((path.split(/[?#]/)[0] ?? '').split('/')[2] ?? '');
function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
